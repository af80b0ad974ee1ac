// Keeps a juror's own pages for the time without a network. Served below /jury/ and below the halls' marking pages, and each copy
// looks after the pages below its own address alone.
//
// A page is kept only when its answer says for whom (the header Leitai-Keep: pile, sheets and papers of that juror). Pages of two
// people never lie here together: the first page of another person sends everything away. So do sign-out and a page for strangers
// (modules/device.js). What is older than two weeks is not shown any more. The network always comes first.
const KEPT = "leitai-jury";
const PLAIN = "leitai-static"; // scripts, styles and the page "no connection": the same for everybody
const OWNER = "/jury/owner-of-these-pages";
const AWAY = "/jury/away/";
const HOME = new URL("./", self.location).pathname;
const LANGUAGE = new URL(self.location).searchParams.get("language") ?? navigator.language; // as the juror reads us; another one installs anew
const PATIENCE_MS = 6000;
const LASTS_MS = 14 * 24 * 3600 * 1000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAway().catch(() => {}));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/assets/") || url.pathname.startsWith("/static/pdfjs-")) event.respondWith(asset(request));
  else if (request.destination === "image") event.respondWith(picture(request));
  else if (url.pathname.startsWith(HOME)) event.respondWith(page(event, request));
});

async function asset(request) {
  const plain = await caches.open(PLAIN);
  const kept = await plain.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await plain.put(request, answer.clone());
  return answer;
}

// Of an entry on stage: anybody may see them, and they leave with the pages.
async function picture(request) {
  const answer = await fetch(request).catch(() => null);
  const kept = await caches.open(KEPT);
  if (answer?.ok) await kept.put(request.url, answer.clone());
  return answer ?? (await kept.match(request.url, { ignoreVary: true })) ?? Response.error();
}

async function page(event, request) {
  const network = fetch(request);
  event.waitUntil(network.then((answer) => keep(request, answer.clone())).catch(() => {}));
  const kept = await find(request);
  if (kept) return Promise.race([network, pause(PATIENCE_MS).then(() => kept)]).catch(() => kept);
  return network.catch(() => (request.mode === "navigate" ? away() : Response.error()));
}

async function keep(request, answer) {
  const owner = answer.headers.get("Leitai-Keep");
  if (answer.type === "opaqueredirect" || answer.redirected) return;
  if (!answer.ok || !owner) {
    if (answer.status >= 400 && answer.status < 500) await (await caches.open(KEPT)).delete(request.url); // taken back, or a tie
    return;
  }
  let kept = await caches.open(KEPT);
  const before = await kept.match(OWNER);
  if (before && (await before.text()) !== owner) {
    await caches.delete(KEPT);
    kept = await caches.open(KEPT);
  }
  await kept.put(OWNER, new Response(owner));
  await kept.put(request.url, answer);
}

async function find(request) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request.url, { ignoreVary: true });
  if (!found) return null;
  if (Date.now() - Date.parse(found.headers.get("Date") ?? "") > LASTS_MS) {
    await kept.delete(request.url);
    return null;
  }
  return found;
}

async function keepAway() {
  const plain = await caches.open(PLAIN);
  const answer = await fetch(AWAY, { credentials: "omit", headers: { "Accept-Language": LANGUAGE } });
  if (!answer.ok || answer.redirected) return;
  const text = await answer.clone().text();
  await plain.put(AWAY, answer);
  for (const [, url] of text.matchAll(/(?:src|href)="(\/static\/assets\/[^"]+)"/g)) await asset(new Request(url));
}

async function away() {
  return (await (await caches.open(PLAIN)).match(AWAY, { ignoreVary: true })) ?? Response.error();
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
