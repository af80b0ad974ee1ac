// The juror's page in the hall. It follows who is on stage, but never takes the entry away under a juror's fingers: once marks are
// typed it stays there until they are confirmed, with a way to whoever is on stage now. The form always says whose marks it holds.
import { follow as followMarks } from "../bands.js";
import { setClock } from "../hall/clock.js";
import { hearTime } from "../hall/time.js";
import { follow } from "../news.js";
import { toast } from "../toast.js";
import { drawList, drawNet, drawOrder } from "./draw.js";
import * as sending from "./sending.js";
import { mine, other, word } from "./words.js";

const PAUSE_MS = 600;
const root = document.querySelector("[data-seat]");
const form = root.querySelector("[data-form]");
const find = (name) => root.querySelector(`[data-${name}]`);
const typed = new Set(); // entries with marks typed on this page
let state = JSON.parse(document.getElementById("seat-state").textContent);
let current = null;
let timer;

const entryOf = (id) => state.entries.find((one) => one.id === id);
const fields = () => [...form.querySelectorAll(".stepper input")];

// What the juror has given an entry so far: what the server knows, and above it what waits here.
export function given(entry) {
  const waiting = sending.of(entry.id);
  const seal = waiting.find((one) => one.seal);
  const refused = waiting.find((one) => one.refused !== undefined && !sending.isHeld(one));
  const marks = Object.assign({}, entry.marks, ...waiting.map((one) => one.marks));
  return { marks: entry.is_sealed ? entry.marks : marks, waiting, seal, refused, isSealed: entry.is_sealed };
}

export function standing(entry) {
  const { marks, waiting, seal, refused, isSealed } = given(entry);
  if (entry.state === "absent" || entry.state === "withdrawn") return entry.state;
  if (entry.is_tied) return "is_tied";
  if (refused) return "refused";
  if (isSealed) return "sealed";
  if (seal) return "seal_waits";
  if (waiting.length) return "waits";
  if (Object.keys(marks).length) return "begun";
  return entry.state === "waiting" && !entry.scoring ? "to_come" : "not_marked";
}

// --- news from the hall

async function look() {
  const answer = await fetch(root.dataset.state, { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) }).catch(() => null);
  if (!answer?.ok) return;
  hearTime(Date.parse(answer.headers.get("date")));
  const told = await answer.json().catch(() => null);
  if (told && told.v >= state.v) apply(told);
  if (sending.all().length) await sending.tryAgain();
}

let looking = false;
let lookAgain = false;
async function changed() {
  if (looking) return void (lookAgain = true);
  looking = true;
  await look();
  looking = false;
  if (!lookAgain) return;
  lookAgain = false;
  await changed();
}

function apply(told) {
  const was = state.on;
  state = told;
  if (state.on !== null && state.on !== was && state.on !== current && !isBusy()) current = state.on;
  draw();
}

function isBusy() {
  if (current === null || !typed.has(current)) return false;
  const { seal, isSealed } = given(entryOf(current));
  return !seal && !isSealed;
}

function go(entry) {
  current = entry;
  refuse("");
  draw();
  root.scrollIntoView({ block: "start" });
}

// --- marking

function note(target) {
  if (!target.closest(".stepper")) return;
  const entry = Number(form.dataset.entry); // the one these fields were filled for
  const told = entryOf(entry);
  const mark = checked(target);
  typed.add(entry);
  target.toggleAttribute("aria-invalid", mark === null && target.value.trim() !== "");
  refuse("");
  if (mark === null || mark === given(told).marks[target.name]) return;
  const drafts = sending.of(entry).filter((one) => !one.seal);
  const marks = Object.assign({}, ...drafts.map((one) => one.marks), { [target.name]: mark });
  sending.keep({ entry, marks }, drafts);
  clearTimeout(timer);
  timer = setTimeout(sending.flush, PAUSE_MS);
}

// The mark as the server writes it, or null when it is none.
function checked(field) {
  const text = field.value.normalize("NFKC").trim().replace(",", ".");
  const value = Number(text);
  const { low, high, by } = field.dataset;
  const steps = (value - Number(low)) / Number(by);
  if (!/^\d+(\.\d+)?$/.test(text) || value < Number(low) || value > Number(high) || Math.abs(steps - Math.round(steps)) > 1e-6) return null;
  return String(value);
}

function press(event) {
  event.preventDefault();
  const entry = Number(form.dataset.entry);
  const asked = fields().filter((one) => one.value.trim() || !one.closest("[data-optional]"));
  const wrong = asked.find((one) => checked(one) === null);
  if (wrong) {
    const { low, high, by } = wrong.dataset;
    const name = wrong.closest("fieldset").querySelector("legend").firstChild.textContent.trim();
    refuse(wrong.value.trim() ? word("off_scale", { name, low, high, by }) : word("missing", { n: asked.filter((one) => !one.value.trim()).length }));
    return wrong.focus();
  }
  const marks = Object.fromEntries(asked.map((one) => [one.name, checked(one)]));
  clearTimeout(timer);
  document.activeElement?.blur();
  sending.keep({ entry, marks, seal: true }, sending.of(entry));
  sending.flush();
}

function takeBack() {
  const entry = Number(form.dataset.entry);
  const waiting = sending.of(entry);
  const marks = Object.assign({}, ...waiting.map((one) => one.marks));
  sending.keep({ entry, marks }, waiting);
  draw();
}

// What the server says after a record has come in.
function arrived(record, answer) {
  const entry = entryOf(answer.entry);
  if (!entry) return;
  Object.assign(entry, { marks: answer.marks, is_sealed: answer.is_sealed, total: answer.total });
  const differs = Object.entries(record.marks).some(([code, mark]) => answer.marks[code] !== mark);
  if (record.seal && differs) toast(word("yours_lost", { name: name(entry) }), "error");
}

async function seeOrder({ target }) {
  target.disabled = true;
  const { post } = await import("../marking/queue.js");
  const answer = await post(root.dataset.orderSeen, { version: state.order.version }, {});
  target.disabled = false;
  if (answer.waits) return toast(word("no_net"), "error");
  if (answer.ok) apply(answer);
  else toast(answer.reason, "error");
  await changed();
}

// --- what is shown

const name = (entry) => `${entry.number} ${mine(entry.title)}`;

function draw() {
  const entry = current === null ? null : entryOf(current);
  find("idle").hidden = entry !== null;
  find("work").hidden = entry === null;
  find("closed").hidden = state.session === "open";
  const on = state.on === null ? null : entryOf(state.on);
  find("elsewhere").hidden = !on || on.id === current;
  if (on) find("elsewhere-name").textContent = name(on);
  if (entry) drawCard(entry);
  if (entry) drawForm(entry);
  drawOrder(find, state, sending.all().map((one) => entryOf(one.entry)).filter(Boolean), name);
  drawList(find("list"), state, { current, standing, name, go });
  drawNet(find("net"), sending);
}

function drawCard(entry) {
  const isOn = entry.id === state.on;
  find("number").textContent = entry.number;
  find("code").textContent = entry.code;
  find("title").textContent = mine(entry.title);
  find("title-2").textContent = other(entry.title);
  find("team").textContent = mine(entry.team) === mine(entry.title) ? "" : mine(entry.team);
  find("is-on").hidden = !isOn;
  const picture = find("picture");
  picture.hidden = !entry.picture;
  if (entry.picture && picture.getAttribute("src") !== entry.picture) picture.src = entry.picture;
  const tie = find("tie");
  if (tie) {
    tie.hidden = entry.is_tied;
    find("slot").value = entry.slot;
  }
  find("clock-line").hidden = !isOn;
  find("phase").textContent = word(state.clock.phase);
  setClock(isOn ? { clock: state.clock } : {});
}

function drawForm(entry) {
  const { marks, seal, refused, isSealed } = given(entry);
  const pitches = entry.state !== "absent" && entry.state !== "withdrawn";
  const isNew = form.dataset.entry !== String(entry.id);
  form.dataset.entry = entry.id;
  const holds = isSealed || Boolean(seal);
  for (const field of fields()) {
    const typing = !isNew && !holds && (field === document.activeElement || field.hasAttribute("aria-invalid"));
    if (!typing) field.value = marks[field.name] ?? "";
    if (isNew) field.removeAttribute("aria-invalid");
  }
  for (const line of form.querySelectorAll("fieldset")) line.disabled = holds || entry.is_tied || !pitches;
  followMarks(form);
  find("lines").hidden = entry.is_tied;
  find("tied").hidden = !entry.is_tied;
  find("away").hidden = pitches;
  find("away").textContent = word("does_not_pitch");
  drawFoot(entry, { seal, isSealed, holds, pitches });
  if (refused) refuse(refused.refused, true);
  else if (!find("forget").hidden) refuse("");
}

function drawFoot(entry, { seal, isSealed, holds, pitches }) {
  const button = find("confirm-button");
  const isShut = navigator.onLine && !sending.state && entry.scoring !== "open";
  button.hidden = holds || entry.is_tied || !pitches;
  button.disabled = !state.order.is_seen || isShut;
  const total = find("total").value;
  button.dataset.confirm = word("seal", { total, number: entry.number, title: mine(entry.title) });
  find("take-back").hidden = !seal || isSealed || sending.state === "sending";
  find("missing").hidden = holds;
  const done = find("done");
  const waits = holds ? (isSealed ? "sealed" : "seal_waits") : isShut && pitches ? `shut_${entry.scoring || "yet"}` : "";
  done.hidden = !waits;
  done.textContent = waits ? word(waits) : "";
  done.dataset.is = isSealed ? "sealed" : "";
}

function refuse(words, canForget = false) {
  find("refusal").hidden = !words;
  find("refusal-words").textContent = words;
  find("forget").hidden = !canForget;
}

form.addEventListener("input", ({ target }) => note(target));
form.addEventListener("change", ({ target }) => note(target));
form.addEventListener("focusout", () => setTimeout(draw));
form.addEventListener("submit", press);
find("go").addEventListener("click", () => go(state.on));
find("take-back").addEventListener("click", takeBack);
find("order-ok").addEventListener("click", seeOrder);
find("forget").addEventListener("click", () => {
  sending.forget(Number(form.dataset.entry));
  typed.delete(Number(form.dataset.entry));
  refuse("");
  draw();
});

const order = () => (state.order.is_seen ? state.order.version : null);
current = state.on;
sending.begin({ order, arrived, moved: draw }).then(() => follow(root.dataset.stream, changed));
draw();
