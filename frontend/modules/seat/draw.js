// The lists and the line about the network on the juror's page.
import { word } from "./words.js";

const SHOWN = { signed_out: "refused", other_person: "refused", sending: "saving" }; // states that look alike (form.css)
const TONES = { sealed: "done", seal_waits: "wait", waits: "wait", begun: "wait", refused: "bad", not_marked: "wait" };

export function drawList(list, state, { current, standing, name, go }) {
  list.replaceChildren(...state.entries.map((entry) => row(entry, { current, standing, name, go })));
}

function row(entry, { current, standing, name, go }) {
  const is = standing(entry);
  const button = make("button", { type: "button", className: "seat-row", onclick: () => go(entry.id) });
  button.dataset.is = is;
  if (entry.id === current) button.setAttribute("aria-current", "true");
  const told = make("span", { className: `tag ${TONES[is] ?? ""}`, textContent: word(is) });
  const total = make("b", { className: "num", textContent: is === "sealed" ? (entry.total ?? "") : "" });
  button.append(make("span", { className: "num", textContent: entry.number }), make("span", { className: "seat-name", textContent: name(entry).replace(/^\S+ /, "") }), total, told);
  const line = make("li");
  line.dataset.entry = entry.id;
  line.append(button);
  return line;
}

export function drawOrder(find, state, waiting, name) {
  const box = find("order");
  box.hidden = state.order.is_seen || state.session !== "open";
  if (box.hidden) return;
  const why = find("order-why");
  why.hidden = !state.order.why;
  why.textContent = state.order.why;
  const rows = state.entries.map((entry) => {
    const was = state.order.before.indexOf(entry.id) + 1;
    const line = make("li");
    line.append(make("span", { className: "num", textContent: entry.number }), make("span", { className: "seat-name", textContent: name(entry).replace(/^\S+ /, "") }));
    if (was && was !== entry.number) line.append(make("b", { className: "small", textContent: word("moved", { n: was }) }));
    line.classList.toggle("is-moved", Boolean(was) && was !== entry.number);
    return line;
  });
  find("order-list").replaceChildren(...rows);
  const line = find("order-waits");
  line.hidden = !waiting.length;
  line.textContent = word("order_waits", { names: [...new Set(waiting.map(name))].join(" · ") });
}

export function drawNet(place, sending) {
  const n = sending.all().length;
  const is = sending.state || (n ? "held" : "saved");
  place.dataset.state = SHOWN[is] ?? (is === "held" ? "saving" : is);
  place.textContent = told(is, n);
  if (is === "signed_out") place.append(" ", make("a", { href: `${login()}?next=${encodeURIComponent(location.pathname)}`, textContent: word("sign_in") }));
}

function told(is, n) {
  if (is === "saved") return word("on_server", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) });
  return word(is === "offline" ? "waiting" : is, { n });
}

const login = () => document.querySelector("meta[name=juror]").dataset.login;

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
