// A desk keeps itself fresh part by part: <div data-desk="URL"> holds sections with ids, and the URL gives the same sections anew.
// A part that did not change is left alone, and so is one in which somebody is writing.
import { setClock } from "../hall/clock.js";
import { hearTime } from "../hall/time.js";

const desk = document.querySelector("[data-desk]");
const lost = document.querySelector("[data-lost]");
const sources = new Map(); // id → what the server said last
let busy = null;
let again = false;

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
// A token is another one on every page; it says nothing about the part.
const source = (node) => node.outerHTML.replace(/<input[^>]*csrfmiddlewaretoken[^>]*>/g, "");

export async function refresh() {
  if (busy) {
    again = true;
    return busy;
  }
  busy = fetchParts().finally(() => (busy = null));
  await busy;
  if (!again) return;
  again = false;
  await refresh();
}

async function fetchParts() {
  const answer = await fetch(desk.dataset.desk, { headers: { "X-Now": "1" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) }).catch(() => null);
  lost.hidden = Boolean(answer) && answer.status < 500;
  if (answer?.type === "opaqueredirect") return location.reload(); // signed out
  if (!answer?.ok) return;
  hearTime(Date.parse(answer.headers.get("date")));
  take(parse(await answer.text()).body);
}

function take(fresh) {
  const version = (root) => Number(root.querySelector("[data-version]")?.dataset.version ?? 0);
  if (version(fresh) < version(desk)) return; // an answer that was overtaken
  const parts = [...fresh.children];
  const wanted = new Set(parts.map((part) => part.id));
  for (const old of [...desk.children]) if (!wanted.has(old.id)) old.remove();
  parts.forEach((part, n) => place(part, n));
  setClock(facts());
}

function place(part, n) {
  const old = document.getElementById(part.id);
  const said = source(part);
  const stands = desk.children[n];
  if (!old) desk.insertBefore(part, stands ?? null);
  else {
    if (old !== stands) desk.insertBefore(old, stands ?? null);
    if (sources.get(part.id) === said) return;
    if (isWriting(old)) return renew(old, part);
    keepOpen(old, part);
    old.replaceWith(part);
  }
  sources.set(part.id, said);
}

// Somebody writes here: the part is renewed when they are done.
function isWriting(part) {
  return [...part.querySelectorAll("input:not([type=hidden]), select")].some((one) => one === document.activeElement || isChanged(one));
}

function isChanged(one) {
  if (one.matches("select")) return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
  return one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
}

// The reader has seen what stands beside the form, so an order that changed meanwhile is still refused; tokens are renewed.
function renew(old, part) {
  const token = part.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) for (const field of old.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

function keepOpen(old, part) {
  const before = [...old.querySelectorAll("details")];
  [...part.querySelectorAll("details")].forEach((one, n) => (one.open = before[n]?.open ?? false));
}

export const facts = () => JSON.parse(document.getElementById("desk-clock")?.textContent ?? "{}");

for (const part of desk.children) sources.set(part.id, source(part));
setClock(facts());
