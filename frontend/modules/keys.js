// One key for one deed: <a data-key="j">, <button data-key="p">, <input data-key="/">. The question mark lists them all
// (#keys in base.html). Nothing happens while somebody writes, and the list has a switch that turns the keys off.
import { word } from "./words.js";

const OFF = "leitai:keys-off";
const writing = (part) => part.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writing(event.target)) return;
  if (event.key === "?") return list(event);
  if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  const part = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([disabled])`);
  if (!part) return;
  event.preventDefault();
  part.focus();
  if (part.matches("a, button, summary, [type=radio], [type=checkbox]")) part.click();
});

function list(event) {
  const dialog = document.getElementById("keys");
  const parts = [...document.querySelectorAll("[data-key]")];
  if (!dialog || dialog.open || !parts.length) return;
  event.preventDefault();
  dialog.querySelector("dl").replaceChildren(...parts.flatMap(line));
  const off = dialog.querySelector("input");
  off.checked = !localStorage.getItem(OFF);
  off.onchange = () => (off.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));
  dialog.showModal();
}

function line(part) {
  const [key, term, meaning] = ["kbd", "dt", "dd"].map((name) => document.createElement(name));
  key.textContent = part.dataset.key === " " ? word("space") : part.dataset.key;
  term.append(key);
  meaning.textContent = part.dataset.keyName ?? part.ariaLabel ?? part.placeholder ?? written(part);
  return [term, meaning];
}

// What the button says, without the key printed on it.
function written(part) {
  const copy = part.cloneNode(true);
  copy.querySelector("kbd")?.remove();
  return copy.textContent.trim();
}
