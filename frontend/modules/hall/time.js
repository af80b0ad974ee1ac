// The server's clock on this page. What the server says arrives late and never early, so of its last words the one furthest ahead
// is nearest to the truth. Counted on from a clock that no one sets.
const KEPT = 8;
const ahead = [];

export function hearTime(served) {
  if (Number.isNaN(served)) return;
  ahead.push(served - performance.now());
  if (ahead.length > KEPT) ahead.shift();
}

hearTime(Date.parse(document.documentElement.dataset.now ?? ""));

export function now() {
  return ahead.length ? Math.max(...ahead) + performance.now() : Date.now();
}
