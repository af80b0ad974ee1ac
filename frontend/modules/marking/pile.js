// The pile: which sheets have changes on this device, and taking the open ones along with their papers.
import { begin } from "./queue.js";
import { word } from "./words.js";

const button = document.querySelector("[data-take-along]");
let hadSome = false;

document.addEventListener("waiting", ({ detail: { state, records } }) => {
  for (const row of document.querySelectorAll("tr[data-sheet]")) mark(row, records.filter((one) => one.sheet === Number(row.dataset.sheet)));
  if (hadSome && !records.length && state === "saved") location.reload(); // the pile counts what has just arrived
  hadSome ||= records.length > 0;
});

function mark(row, records) {
  row.querySelector("[data-here]")?.remove();
  if (!records.length) return;
  const changes = records.filter((one) => one.kind === "change");
  const words = [];
  if (changes.length) words.push(word("row_waits", { n: changes.length }));
  if (changes.some((one) => one.conflict)) words.push(word("row_choose"));
  const refused = records.find((one) => one.refused !== undefined);
  if (refused) words.push(word(refused.kind === "seal" ? "not_sealed" : "refused", { reason: refused.refused }));
  else if (records.some((one) => one.kind === "seal")) words.push(word("seal_waits"));
  const line = Object.assign(document.createElement("small"), { className: "quiet here", textContent: words.join(" · ") });
  line.dataset.here = "";
  row.querySelector("th").append(line);
}

function offer() {
  const some = document.querySelector("tr[data-open]");
  const can = Boolean(navigator.serviceWorker?.controller && some && button);
  if (!button) return;
  button.hidden = !can;
  document.querySelector("[data-take-along-note]").hidden = !can;
}

async function takeAlong() {
  button.disabled = true;
  const rows = [...document.querySelectorAll("tr[data-open]")];
  const told = document.querySelector("[data-taken]");
  let n = 0;
  for (const row of rows) {
    if (await take(row.dataset.open)) n += 1;
    told.textContent = word("taken", { n, all: rows.length });
  }
  button.disabled = n === rows.length;
}

// Through the worker, which keeps what it sees; a paper that fails leaves the sheet readable.
async function take(url) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
    const parts = [...page.querySelectorAll("script[src], link[href]")].map((part) => part.getAttribute("src") ?? part.getAttribute("href"));
    const papers = [...page.querySelectorAll("[data-paper]")].map((paper) => paper.dataset.paper);
    await Promise.all(parts.filter((url) => url.startsWith("/static/assets/")).map((url) => fetch(url)));
    for (const paper of papers) await fetch(paper);
    if (papers.length) await takeReader();
    return true;
  } catch {
    return false;
  }
}

let reader;
function takeReader() {
  reader ??= import("./viewer.js").then(({ parts }) => Promise.all(parts.map((url) => fetch(url))));
  return reader;
}

button?.addEventListener("click", takeAlong);
navigator.serviceWorker?.addEventListener("controllerchange", offer);
offer();
begin();
