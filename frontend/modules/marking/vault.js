// What waits on this device for the server: records of one person, each unreadable without the key that came with the juror's page.
// After sign-out the page is gone and with it the key; the same juror's next page brings it again.
//   {id, person, sheet, kind: "change" | "seal" | "known", tried, …}    what is not encrypted: whose, of which sheet, what kind
// Browsers without a vault (plain http on a local net) keep the records as they are; where nothing can be kept at all (private windows,
// a full disk), records live as long as the page does, so that marks still reach the server.
const meta = document.querySelector("meta[name=juror]");
export const person = meta?.content ?? "";
export const places = meta?.dataset ?? {};
export const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, random);

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const key = meta && crypto.subtle ? crypto.subtle.importKey("raw", bytes(places.vault), "AES-GCM", false, ["encrypt", "decrypt"]) : null;

function random(digit) {
  return (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16);
}

const spare = new Map(); // id → record the disk did not take
let opened;
function database() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("leitai-jury", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "id" }).createIndex("person", "person");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function within(mode, work) {
  const store = (await database()).transaction("waiting", mode).objectStore("waiting");
  const asked = work(store);
  return new Promise((done, failed) => {
    store.transaction.oncomplete = () => done(asked?.result);
    store.transaction.onabort = store.transaction.onerror = () => failed(store.transaction.error);
  });
}

// Everything of this person, the oldest first. What another key closed is left alone.
export async function all() {
  if (!person) return [];
  const found = await within("readonly", (store) => store.index("person").getAll(person)).catch(() => []);
  const read = await Promise.all(found.map((record) => open(record).catch(() => null)));
  return [...read.filter(Boolean), ...spare.values()].sort((a, b) => a.at - b.at);
}

// Write a record, and in the same moment take away those it stands for.
export async function put(record, instead = []) {
  const dated = { at: Date.now(), tried: false, ...record };
  const closed = await close({ ...dated, person });
  for (const id of [...instead, record.id]) spare.delete(id);
  await within("readwrite", (store) => {
    for (const id of instead) store.delete(id);
    return store.put(closed);
  }).catch(() => spare.set(record.id, dated));
}

export async function remove(ids) {
  for (const id of ids) spare.delete(id);
  await within("readwrite", (store) => void ids.forEach((id) => store.delete(id))).catch(() => {});
}

async function close({ id, sheet, kind, ...words }) {
  const shown = { id, person, sheet, kind };
  if (!key) return { ...shown, words };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(words));
  return { ...shown, iv, closed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, text) };
}

async function open({ id, sheet, kind, iv, closed, words }) {
  if (closed) words = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, closed)));
  return { id, sheet, kind, ...words };
}
