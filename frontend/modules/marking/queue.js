// Sends what waits in the vault, sheet by sheet and then its seal, and says how it stands:
//   "waiting"  on document, {state, time, records}      state: saved, sending, offline, signed_out, other_person, conflict, refused
//   "answer"   on document, {record, result, far}       what became of one record; far: another window of this juror sent it
// Every record has a name (id), so an answer lost on the way is asked for again and nothing is applied twice.
import { csrfToken } from "../htmx.js";
import * as vault from "./vault.js";

const RETRY_MS = 15000;
const PATIENCE_MS = 20000;
const windows = "BroadcastChannel" in window ? new BroadcastChannel("leitai-marks") : undefined;
let last = { state: "" };
let busy = false;
let again = false;

export async function send(options = {}) {
  if (!vault.person) return;
  if (busy) return void (again = true);
  busy = true;
  try {
    if (navigator.locks && !options.keepalive) await navigator.locks.request("leitai-marks", () => run(options));
    else await run(options);
  } finally {
    busy = false;
  }
  if (again) {
    again = false;
    await send();
  }
}

async function run(options) {
  const records = await vault.all();
  const changes = records.filter((one) => one.kind === "change" && !one.conflict && !one.refused);
  const seals = records.filter((one) => one.kind === "seal" && !one.refused);
  let state = "";
  if (changes.length + seals.length) await say("sending");
  for (const [sheet, some] of Map.groupBy ? Map.groupBy(changes, (one) => one.sheet) : grouped(changes)) {
    state = await sendChanges(sheet, some, options);
    if (state) return say(state);
  }
  for (const seal of seals) {
    const left = (await vault.all()).some((one) => one.kind === "change" && one.sheet === seal.sheet);
    if (!left) state = await sendSeal(seal, options);
    if (state) return say(state);
  }
  await say(changes.length + seals.length ? "saved" : "");
}

async function sendChanges(sheet, records, options) {
  for (let from = 0; from < records.length; from += 100) {
    const some = records.slice(from, from + 100);
    const changes = some.map(({ id, field, value, base, after }) => ({ id, field, value, base, after }));
    const answer = await post(`${address(sheet)}changes/`, { changes }, options);
    if (answer.waits) return answer.waits;
    for (const record of some) {
      const result = answer.results?.find((one) => one.id === record.id) ?? { is: "refused", reason: answer.reason };
      await settle(record, result);
    }
  }
  return "";
}

async function settle(record, result) {
  if (result.is === "kept" || result.is === "known") {
    const known = { id: `known ${vault.person} ${record.sheet} ${record.field}`, kind: "known", sheet: record.sheet, field: record.field };
    await vault.put({ ...known, value: result.value, revision: result.revision }, [record.id]);
  } else if (await stillThere(record)) {
    if (result.is === "conflict") await vault.put({ ...record, conflict: { value: result.value, revision: result.revision } });
    else await vault.put({ ...record, refused: result.reason ?? "" });
  }
  answered(record, result);
}

// The windows of one juror share the vault: whichever sends first tells the others.
function answered(record, result) {
  tell("answer", { record, result });
  windows?.postMessage({ person: vault.person, record, result });
}

async function stillThere(record) {
  return (await vault.all()).some((one) => one.id === record.id);
}

async function sendSeal(record, options) {
  const answer = await post(`${address(record.sheet)}seal/seen/`, { id: record.id, seen: record.seen }, options);
  if (answer.waits) return answer.waits;
  if (answer.ok) await vault.remove([record.id]);
  else await vault.put({ ...record, refused: answer.reason ?? "" });
  answered(record, answer.ok ? { is: "sealed", next: answer.next } : { is: "refused", reason: answer.reason });
  return "";
}

// {ok, status, …body}, or {waits} when nothing was decided and everything has to wait.
export async function post(url, body, options, isSecond = false) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
  const sent = { method: "POST", headers, body: JSON.stringify({ person: Number(vault.person), ...body }), redirect: "manual" };
  let response;
  try {
    response = await fetch(url, { ...sent, signal: AbortSignal.timeout(PATIENCE_MS), ...options });
  } catch {
    return { waits: "offline" };
  }
  if (response.type === "opaqueredirect") return { waits: "signed_out" };
  if (response.status >= 500 || response.status === 429) return { waits: "offline" };
  const said = await response.json().catch(() => null);
  if (said?.code === "other_person") return { waits: "other_person" };
  if (!said) return isSecond || !(await renewed()) ? { waits: "signed_out" } : post(url, body, options, true);
  return { ok: response.ok, status: response.status, ...said };
}

// Signing in anew changes the token that goes with every form; a page that is older asks for it.
async function renewed() {
  const answer = await fetch(vault.places.scope, { cache: "no-store" }).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page?.querySelector("meta[name=csrf-token]")?.content;
  if (!token || page.querySelector("meta[name=person]")?.content !== vault.person) return false;
  document.querySelector("meta[name=csrf-token]").content = token;
  return true;
}

async function hearAfar(answer) {
  tell("answer", { ...answer, far: true });
  const waits = (await vault.all()).some((one) => isPaper(one) && !one.conflict && one.refused === undefined);
  if (!busy && !waits) await say("saved");
}

export async function say(state) {
  const kept = (await vault.all()).filter((one) => one.kind !== "known");
  const records = kept.filter(isPaper);
  if (!state || state === "saved") {
    if (records.some((one) => one.conflict)) state = "conflict";
    else if (records.some((one) => one.refused !== undefined)) state = "refused";
  }
  localStorage.setItem("leitai:waiting", kept.length);
  last = { state, records, time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) };
  tell("waiting", last);
}

// What was marked in a hall lies in the same vault and is sent from its own page (modules/seat/).
const isPaper = (one) => one.kind === "change" || one.kind === "seal";

export const standing = () => last;
export const address = (sheet) => vault.places.sheet.replace("/0/", `/${sheet}/`);

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function grouped(records) {
  const groups = new Map();
  for (const record of records) groups.set(record.sheet, [...(groups.get(record.sheet) ?? []), record]);
  return groups;
}

// A page that opens gives what was refused another try: the stage may be open again.
export async function begin() {
  for (const record of await vault.all())
    if (record.kind === "change" && record.refused !== undefined) await vault.put({ ...record, refused: undefined });
  windows?.addEventListener("message", ({ data: { person, ...answer } }) => person === vault.person && hearAfar(answer));
  addEventListener("online", () => send());
  addEventListener("pagehide", () => send({ keepalive: true, signal: undefined }));
  setInterval(() => last.records?.some((one) => !one.conflict && one.refused === undefined) && send(), RETRY_MS);
  await send();
}
