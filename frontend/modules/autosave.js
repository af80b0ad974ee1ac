// A form that saves itself, one field at a time, and never loses a word.
//
//   <form data-autosave="URL" data-revision="7"> … <output class="saved" data-autosave-state></output>
//
// A changed field is sent 0.8 s after the last key, one request after the other:
//   POST URL  {"field": "title", "value": "…", "base": 7}      base: the revision in which this field was last seen
//   200 {"revision": 8}                                        saved
//   409 {"revision": 9, "value": "theirs", "by": "Wang Li"}    somebody changed this field since base; the person chooses
//   403, 404, 410, 422 {"reason": "…"}                         refused, and why; the words stay in the field
// No answer, 429 or 5xx: kept in this browser and sent again when the network returns, at the latest every 15 s.
// Each field has a base of its own: seeing field A saved says nothing about what others did to field B.
// Fields marked data-alone, files and hidden inputs are left to the form's button.
import { csrfToken } from "./htmx.js";
import { word } from "./words.js";

const PAUSE_MS = 800;
const RETRY_MS = 15000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.firstBase = Number(form.dataset.revision ?? 0);
    this.bases = new Map();
    this.saved = new Map(); // field name → what the server took last, as JSON
    this.waiting = new Map(); // field name → value, not yet with the server
    this.asking = new Set(); // fields whose person chooses between two values
    this.store = `leitai:draft:${this.url}`;
    form.addEventListener("input", ({ target }) => this.note(target, PAUSE_MS));
    form.addEventListener("change", ({ target }) => this.note(target, 0));
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.send({ keepalive: true }));
    setInterval(() => this.waiting.size && this.send(), RETRY_MS);
    this.bringBack();
    this.hearTheEarly();
  }

  // Somebody typed before this script had come: what holds the focus and is not as it was sent was typed.
  hearTheEarly() {
    const part = document.activeElement;
    if (this.form.contains(part) && "defaultValue" in part && part.value !== part.defaultValue) this.note(part, PAUSE_MS);
  }

  note(part, pause) {
    if (!part.name || part.type === "file" || part.type === "hidden" || part.closest("[data-alone]")) return;
    if (this.asking.has(part.name)) return; // the press on "keep mine" leaves the field, which says "change"
    const value = valueOf(this.form, part.name);
    const same = JSON.stringify(value) === this.saved.get(part.name);
    if (same && !this.waiting.has(part.name)) return; // "change" follows "input" when one leaves the field
    this.waiting.set(part.name, value);
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send(options = {}) {
    if (this.sending || !this.waiting.size) return;
    this.sending = true;
    for (const [field, value] of [...this.waiting]) {
      this.say("saving");
      const answer = await this.post({ field, value, base: this.base(field) }, options);
      if (!answer) {
        this.say("kept");
        break;
      }
      this.settle(field, value, answer);
    }
    this.sending = false;
    if (this.waiting.size && this.state === "saved") this.send();
  }

  async post(body, options) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
    try {
      const response = await fetch(this.url, { method: "POST", headers, body: JSON.stringify(body), ...options });
      if (response.status >= 500 || response.status === 429) return null;
      if (response.redirected) return null; // to the sign-in page, which says 200 and has saved nothing
      return { status: response.status, ...(await response.json().catch(() => ({}))) };
    } catch {
      return null; // no network
    }
  }

  settle(field, value, answer) {
    const changedSince = JSON.stringify(this.waiting.get(field)) !== JSON.stringify(value);
    if (!changedSince || answer.status !== 200) this.waiting.delete(field);
    this.keep();
    if (answer.status === 200) {
      this.bases.set(field, answer.revision);
      this.saved.set(field, JSON.stringify(value));
      this.say("saved");
    } else if (answer.status === 409 && "value" in answer) {
      this.ask(field, value, answer);
    } else {
      this.say("refused", { reason: answer.reason ?? answer.status });
    }
  }

  // Both wrote: theirs is shown under the field, ours stays in it until somebody decides.
  ask(field, mine, theirs) {
    this.say("conflict");
    this.asking.add(field);
    const place = this.part(field).closest(".field, .criterion") ?? this.part(field).parentElement;
    place.querySelector(".theirs")?.remove();
    const box = make("div", { className: "theirs" });
    const text = make("blockquote", { textContent: [theirs.value].flat().join(", ") });
    const keep = make("button", { type: "button", className: "button small", textContent: word("keep_mine") });
    const take = make("button", { type: "button", className: "button small", textContent: word("take_theirs") });
    const choose = (value) => {
      box.remove();
      this.asking.delete(field);
      this.bases.set(field, theirs.revision);
      fill(this.form, field, value);
      this.waiting.set(field, value);
      this.keep();
      this.send();
    };
    keep.onclick = () => choose(valueOf(this.form, field));
    take.onclick = () => choose(theirs.value);
    const row = make("div", { className: "row" });
    row.append(keep, take);
    box.append(word("theirs", { by: theirs.by || word("someone") }), text, row);
    place.append(box);
  }

  // What a closed laptop or a dead network left behind comes back into the fields, and is sent.
  bringBack() {
    const kept = JSON.parse(localStorage.getItem(this.store) ?? "{}");
    for (const [field, { value, base }] of Object.entries(kept)) {
      if (!this.part(field)) continue;
      fill(this.form, field, value);
      this.bases.set(field, base);
      this.waiting.set(field, value);
    }
    this.send();
  }

  keep() {
    const kept = Object.fromEntries([...this.waiting].map(([field, value]) => [field, { value, base: this.base(field) }]));
    if (this.waiting.size) localStorage.setItem(this.store, JSON.stringify(kept));
    else localStorage.removeItem(this.store);
  }

  base(field) {
    return this.bases.get(field) ?? this.firstBase;
  }

  part(field) {
    return this.form.querySelector(`[name="${CSS.escape(field)}"]`);
  }

  say(state, values) {
    this.state = state;
    for (const place of document.querySelectorAll("[data-autosave-state]")) {
      place.dataset.state = state === "kept" ? "offline" : state;
      place.textContent = word(state, values);
    }
    this.form.dispatchEvent(new CustomEvent("autosave", { bubbles: true, detail: { state } }));
  }
}

function parts(form, name) {
  return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
}

// One tick box is true or false, several of one name are the list of those ticked.
export function valueOf(form, name) {
  const found = parts(form, name);
  const [first] = found;
  if (first.type === "radio") return found.find((part) => part.checked)?.value ?? "";
  if (first.type === "checkbox" && found.length === 1) return first.checked;
  if (first.type === "checkbox") return found.filter((part) => part.checked).map((part) => part.value);
  if (first.multiple) return [...first.selectedOptions].map((option) => option.value);
  return first.value;
}

export function fill(form, name, value) {
  for (const part of parts(form, name)) {
    if (part.type === "radio") part.checked = part.value === String(value);
    else if (part.type === "checkbox") part.checked = Array.isArray(value) ? value.includes(part.value) : Boolean(value);
    else if (part.multiple) for (const option of part.options) option.selected = value.includes(option.value);
    else part.value = value ?? "";
  }
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
document.addEventListener("htmx:afterSettle", ({ target }) => {
  for (const form of target.querySelectorAll("form[data-autosave]")) new Autosave(form);
});
