// Lets this juror's browser keep the juror's own pages (public/jury-worker.js) for the time without a network.
import { person, places } from "./vault.js";

if ("serviceWorker" in navigator && person) begin().catch(() => {}); // without it, marks are still kept

async function begin() {
  localStorage.setItem("leitai:juror", person); // modules/device.js clears everything when somebody else comes
  const isFirst = !navigator.serviceWorker.controller;
  if (isFirst) navigator.serviceWorker.addEventListener("controllerchange", keepThis, { once: true });
  await navigator.serviceWorker.register(places.worker, { scope: places.scope });
}

// The worker was not there when this page came, so it is asked for once more together with what it loads.
function keepThis() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  for (const url of [location.href, ...loaded.filter((name) => new URL(name).pathname.startsWith("/static/"))]) fetch(url).catch(() => {});
}
