// Presses at a desk: <form data-deed> goes by itself, once, and the page follows. A refusal is said in words and nothing was done.
import { csrfToken } from "../htmx.js";
import { toast } from "../toast.js";
import { word } from "../words.js";
import { refresh } from "./fresh.js";

const A_FINGER_MS = 700; // what follows sooner is the same press, and the button under it may be another one by now
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let underway = false;

document.addEventListener("change", ({ target }) => {
  if (target.matches("select[data-action]")) target.form.action = target.value;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-deed]") || event.defaultPrevented) return;
  event.preventDefault();
  const choice = form.querySelector("select[data-action]");
  if (choice) form.action = choice.value;
  press(form, event.submitter);
});

async function press(form, button) {
  if (underway) return; // a second tap of the same finger
  underway = true;
  const rest = pause(A_FINGER_MS);
  document.body.toggleAttribute("data-underway", true);
  const said = new FormData(form, button);
  const headers = { Accept: "application/json", "X-Now": "1", "X-CSRFToken": csrfToken() };
  const answer = await fetch(form.action, { method: "POST", body: said, headers, redirect: "manual", signal: AbortSignal.timeout(15000) }).catch(() => null);
  if (!answer) toast(word("offline"), "error");
  else if (answer.type === "opaqueredirect") location.reload();
  else if (!answer.ok) toast((await answer.json().catch(() => null))?.reason ?? word("failed"), "error");
  else form.reset();
  await refresh();
  await rest;
  underway = false;
  document.body.toggleAttribute("data-underway", false);
}
