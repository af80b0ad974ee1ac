// The juror's form: every change goes into the vault at once and from there to the server, one name for each change.
//   <form data-marking="SHEET" data-revision="7"> … </form>      data-closed: marks can't be changed now
// A field changed elsewhere meanwhile shows both values and asks. "Seal" is a record as well, with everything that was on the screen.
import { toast } from "../toast.js";
import { address, begin, say, send, standing } from "./queue.js";
import * as vault from "./vault.js";
import { word } from "./words.js";

const PAUSE_MS = 800;
const form = document.querySelector("form[data-marking]");
const sheet = Number(form?.dataset.marking);
const firstBase = Number(form?.dataset.revision ?? 0);
const pending = new Map(); // field → its record in the vault
const bases = new Map();
const taken = new Map(); // field → what the server took last
let seal;
let writes = Promise.resolve(); // one after the other, so that the last word stays the last
let timer;

if (form) {
  form.addEventListener("input", ({ target }) => note(target, PAUSE_MS));
  form.addEventListener("change", ({ target }) => note(target, 0));
  form.addEventListener("submit", press);
  document.addEventListener("answer", ({ detail }) => heard(detail));
  document.addEventListener("waiting", show);
  document.querySelector("[data-forget]").addEventListener("click", forget);
  document.querySelector("[data-unseal]").addEventListener("click", () => unseal());
  bringBack().then(begin);
} else begin();

const fields = () => [...form.elements].filter((part) => part.name && !part.closest("[data-alone]") && part.type !== "hidden");
const part = (field) => form.querySelector(`[name="${CSS.escape(field)}"]`);
// A box says "1" or nothing.
const said = (part) => (part.type !== "checkbox" ? part.value : part.checked ? part.value : "");
const first = (part) => (part.type !== "checkbox" ? part.defaultValue : part.defaultChecked ? part.value : "");
const base = (field) => bases.get(field) ?? firstBase;

function note(target, pause) {
  if (!target.name || target.type === "hidden" || target.closest("[data-alone]") || target.dataset.asking) return;
  const [field, value] = [target.name, said(target)];
  const old = pending.get(field);
  if (value === (old ? old.value : (taken.get(field) ?? first(target)))) return; // "change" follows "input"
  const after = old ? [...old.after, old.id].slice(-50) : [];
  keep({ id: vault.newId(), kind: "change", sheet, field, value, base: base(field), after }, old);
  if (seal) unseal("seal_withdrawn");
  clearTimeout(timer);
  timer = setTimeout(() => writes.then(() => send()), pause);
}

function keep(record, old) {
  pending.set(record.field, record);
  writes = writes.then(() => vault.put(record, old ? [old.id] : []));
}

// What a closed laptop or a dead network left behind comes back into the fields; so does what this device sent since the page was kept.
async function bringBack() {
  const early = document.activeElement;
  for (const record of (await vault.all()).filter((one) => one.sheet === sheet)) {
    if (record.kind === "known") await recall(record);
    else if (record.kind === "seal") seal = record;
    else if (part(record.field)) {
      pending.set(record.field, { after: [], ...record });
      bases.set(record.field, record.base);
      fill(record.field, record.value);
      if (record.conflict) ask(record, record.conflict);
    }
  }
  if (form.contains(early) && "defaultValue" in early && said(early) !== first(early)) note(early, PAUSE_MS);
  show();
}

async function recall({ id, field, value, revision }) {
  if (revision <= firstBase) return vault.remove([id]);
  bases.set(field, revision);
  taken.set(field, value);
  if (part(field)) fill(field, value);
}

function fill(field, value) {
  const place = part(field);
  if (said(place) === value) return;
  const was = taken.get(field);
  taken.set(field, value); // so that the word below is not taken for the juror's
  if (place.type === "checkbox") place.checked = value !== "";
  else place.value = value;
  const waiting = pending.get(field);
  if (!waiting || waiting.value === value) place.dispatchEvent(new Event("input", { bubbles: true }));
  if (was !== undefined && waiting) taken.set(field, was);
}

function heard({ record, result, far }) {
  if (record.sheet !== sheet || (far && !isOurs(record))) return;
  if (record.kind === "seal") return sealed(result);
  const { field } = record;
  const isLast = pending.get(field)?.id === record.id;
  if (result.is === "kept" || result.is === "known") {
    bases.set(field, result.revision);
    if (isLast) pending.delete(field);
    if (isLast && part(field)) overtaken(field, record, result);
    if (isLast) taken.set(field, part(field) ? said(part(field)) : result.value);
  } else if (isLast) {
    Object.assign(pending.get(field), result.is === "conflict" ? { conflict: result } : { refused: result.reason });
    if (result.is === "conflict" && part(field)) ask(record, result);
  }
  show();
}

// What another window wrote is not known here: taking its revision for ours would write over it unasked.
function isOurs({ kind, id, field }) {
  if (kind === "seal") return seal?.id === id;
  const ours = pending.get(field);
  return Boolean(ours) && (ours.id === id || ours.after.includes(id));
}

// It had arrived long ago, and somebody wrote something else since: what stands on the server is shown.
function overtaken(field, record, result) {
  if (result.is !== "known" || result.value === record.value) return;
  fill(field, result.value);
  toast(word("now", { value: shown(field, result.value) }));
}

function ask(record, theirs) {
  const { field } = record;
  const place = part(field).closest(".field, .criterion, .ticks");
  place.querySelector(".theirs")?.remove();
  part(field).dataset.asking = "1"; // the press on a button leaves the field, which says "change"
  const box = make("div", { className: "theirs" });
  const choose = (value) => {
    box.remove();
    delete part(field).dataset.asking;
    bases.set(field, theirs.revision);
    const old = pending.get(field);
    if (value === theirs.value) return settle(field, value, old);
    keep({ id: vault.newId(), kind: "change", sheet, field, value, base: theirs.revision, after: [] }, old);
    writes.then(() => send());
  };
  const mine = make("button", { type: "button", className: "button small", textContent: word("keep_mine"), onclick: () => choose(said(part(field))) });
  const take = make("button", { type: "button", className: "button small", textContent: word("take_theirs"), onclick: () => choose(theirs.value) });
  const row = make("div", { className: "row" });
  row.append(mine, take);
  box.append(word("theirs"), make("blockquote", { textContent: shown(field, theirs.value) }), row);
  place.append(box);
}

function settle(field, value, old) {
  pending.delete(field);
  fill(field, value);
  writes = writes.then(() => vault.remove([old.id]));
  writes.then(() => send());
}

// --- sealing

function press(event) {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  const blank = [...form.querySelectorAll("[data-criterion]:not([data-optional]) input[name^=mark-]")].filter((one) => !one.value.trim());
  if (blank.length) {
    refuse(word("missing", { n: blank.length }));
    return blank[0].focus();
  }
  refuse("");
  const seen = Object.fromEntries(fields().map((one) => [one.name, said(one)]));
  clearTimeout(timer);
  seal = { id: vault.newId(), kind: "seal", sheet, seen };
  writes = writes.then(() => dropSeals()).then(() => vault.put(seal));
  writes.then(() => send()).then(show);
}

async function dropSeals() {
  const old = (await vault.all()).filter((one) => one.kind === "seal" && one.sheet === sheet);
  await vault.remove(old.map((one) => one.id));
}

async function sealed(result) {
  if (result.is !== "sealed") {
    seal = undefined;
    await dropSeals();
    await say("");
    show();
    return refuse(word("not_sealed", { reason: result.reason }));
  }
  if ("caches" in window) await (await caches.open("leitai-jury")).delete(address(sheet)); // what is kept of it shows an open sheet
  location.assign(result.next);
}

function unseal(why) {
  seal = undefined;
  writes = writes.then(dropSeals).then(() => say(standing().state));
  show();
  if (why) refuse(word(why));
}

function refuse(words) {
  const place = document.querySelector("[data-refusal]");
  place.hidden = !words;
  place.textContent = words;
}

// --- what still lies here

function show() {
  const left = [...pending.values()].filter((one) => one.refused !== undefined);
  const box = document.querySelector("[data-kept]");
  box.hidden = !left.length;
  box.querySelector("ul").replaceChildren(...left.map((one) => make("li", { textContent: `${nameOf(one.field)}: ${shown(one.field, one.value)} – ${one.refused}` })));
  document.querySelector("[data-seal-waits]").hidden = !seal || seal.refused !== undefined || !["offline", "signed_out", "conflict", "refused"].includes(standing().state);
}

async function forget() {
  const left = [...pending.values()].filter((one) => one.refused !== undefined);
  await vault.remove(left.map((one) => one.id));
  location.reload();
}

const shown = (field, value) => (value && part(field)?.type === "checkbox" ? "✓" : value) || word("blank");
const nameOf = (field) => part(field)?.ariaLabel ?? part(field)?.labels[0]?.firstChild.textContent.trim() ?? field;

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
