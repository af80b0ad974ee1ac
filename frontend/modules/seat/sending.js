// A juror's marks on their way from the hall: into the vault at once, then to the server, entry by entry.
//   {id, kind: "hall", sheet: "hall 12", entry, marks, seal, refused?, code?}   every record names its entry; `id` is the change's name
// A record that is sent twice is applied once. What was refused stays here and is tried again when the hall has moved on.
import { post } from "../marking/queue.js";
import * as vault from "../marking/vault.js";

const RETRY_MS = 4000;
// Not now: it goes by itself as soon as the hall is there.
const HELD = new Set(["order_changed", "order_unseen", "scoring_not_open", "scoring_closed", "session_closed", "stage_not_open"]);
export const isHeld = (record) => HELD.has(record.code);

const root = document.querySelector("[data-seat]");
const sheet = `hall ${root.dataset.session}`;
let records = [];
let writes = Promise.resolve();
let busy = false;
let again = false;
let hooks;
export let state = ""; // "", sending, offline, signed_out, other_person

// order(): the version of the order that was seen, or null while a newer one is not confirmed; arrived(record, answer); moved()
export async function begin(given) {
  hooks = given;
  records = (await vault.all()).filter((one) => one.kind === "hall" && one.sheet === sheet);
  say("");
  setInterval(() => records.some((one) => one.refused === undefined) && flush(), RETRY_MS);
  addEventListener("online", () => flush());
}

export const of = (entry) => records.filter((one) => one.entry === entry).sort((a, b) => a.at - b.at);
export const all = () => records;

export function keep(record, instead = []) {
  const whole = { id: vault.newId(), kind: "hall", sheet, at: Date.now(), ...record };
  const gone = instead.map((one) => one.id);
  records = [...records.filter((one) => !gone.includes(one.id)), whole];
  writes = writes.then(() => vault.put(whole, gone));
  say(state === "sending" ? "" : state);
}

export function forget(entry) {
  const gone = of(entry).map((one) => one.id);
  records = records.filter((one) => one.entry !== entry);
  writes = writes.then(() => vault.remove(gone));
  say(state);
}

// The hall has moved on: what was refused may be welcome now.
export function tryAgain() {
  records = records.map((one) => (one.refused === undefined || !isHeld(one) ? one : { ...one, refused: undefined, code: undefined }));
  return flush();
}

export async function flush() {
  if (busy) return void (again = true);
  busy = true;
  try {
    await writes;
    await (navigator.locks ? navigator.locks.request("leitai-hall", run) : run());
  } finally {
    busy = false;
  }
  if (!again) return;
  again = false;
  await flush();
}

async function run() {
  let waits = "";
  const tried = new Set();
  let record;
  while ((record = next(tried))) {
    tried.add(record.id);
    const order = hooks.order();
    if (order === null) break;
    say("sending");
    const { id, entry, marks, seal } = record;
    const answer = await post(root.dataset.scores, { key: id, entry, order, marks, seal: Boolean(seal) }, {});
    waits = answer.waits ?? "";
    if (waits) break;
    if (answer.ok) await settle(record, answer);
    else await refuse(record, answer);
  }
  say(waits);
}

const next = (tried) => records.filter((one) => one.refused === undefined && !tried.has(one.id)).sort((a, b) => a.at - b.at)[0];

async function settle(record, answer) {
  records = records.filter((one) => one.id !== record.id);
  await vault.remove([record.id]);
  hooks.arrived(record, answer);
}

async function refuse(record, { reason, code }) {
  if (!records.some((one) => one.id === record.id)) return; // taken back meanwhile
  const told = { ...record, refused: reason ?? "", code };
  records = records.map((one) => (one.id === record.id ? told : one));
  await vault.put({ ...told, refused: undefined, code: undefined }); // a page that opens anew tries anew
}

export function say(how) {
  state = how;
  vault.all().then((kept) => localStorage.setItem("leitai:waiting", kept.filter((one) => one.kind !== "known").length));
  hooks?.moved();
}
