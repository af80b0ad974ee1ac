// The page for "this is not on this device": which of the juror's pages are.
const PAGES = /\/(jury\/(stages\/\d+\/pile|sheets\/\d+)|finals\/marking\/\d+)\/$/;

async function list() {
  if (!("caches" in window)) return;
  const kept = await caches.open("leitai-jury");
  const place = document.querySelector("[data-here]");
  for (const request of await kept.keys()) {
    if (!PAGES.test(request.url)) continue;
    const page = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html");
    const link = Object.assign(document.createElement("a"), { href: request.url, textContent: page.title });
    place.appendChild(document.createElement("li")).append(link);
  }
}

list();
