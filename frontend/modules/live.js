// <div data-live="URL" data-version="40" hx-get="…" hx-trigger="live">: the live process only says "version 41"; on a version
// the page was not drawn with, the element gets the event "live" and htmx fetches the one cached snapshot. When the stream cannot
// be had (no live process, a token too old), it asks every 15 seconds.
const POLL_MS = 15000;
const heard = new WeakMap();

function listen(part) {
  if (heard.has(part)) return;
  const changed = () => part.dispatchEvent(new CustomEvent("live"));
  const source = new EventSource(part.dataset.live);
  heard.set(part, { source, polling: null });
  source.addEventListener("version", ({ data }) => {
    if (data === part.dataset.version) return;
    part.dataset.version = data;
    changed();
  });
  source.onopen = () => stopPolling(part);
  source.onerror = () => {
    const state = heard.get(part);
    state.polling ??= setInterval(() => (part.isConnected ? changed() : forget(part)), POLL_MS);
  };
}

function stopPolling(part) {
  const state = heard.get(part);
  clearInterval(state.polling);
  state.polling = null;
}

function forget(part) {
  stopPolling(part);
  heard.get(part).source.close();
}

function start(root) {
  for (const part of root.querySelectorAll("[data-live]")) listen(part);
}

start(document);
document.addEventListener("htmx:afterSettle", () => start(document));
document.addEventListener("htmx:beforeCleanupElement", ({ target }) => heard.has(target) && forget(target));
