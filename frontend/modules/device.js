// A browser that changes hands forgets what it kept of a juror's pages: when somebody else or nobody is signed in, and at sign-out.
// Marks that could not be sent yet stay, unreadable until the same juror signs in again (modules/marking/vault.js).
import { word } from "./words.js";

const KEPT = "leitai-jury";
const OWNER = "leitai:juror";
const me = document.querySelector("meta[name=person]")?.content ?? "";
const isAway = document.querySelector("meta[name=away]"); // says nothing about who is signed in

function forget() {
  localStorage.removeItem(OWNER);
  return globalThis.caches?.delete(KEPT);
}

const owner = localStorage.getItem(OWNER);
if (owner && owner !== me && !isAway) forget();

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-leaves]")) return;
  const n = Number(localStorage.getItem("leitai:waiting") ?? 0);
  if (n && owner === me) target.dataset.confirm = word("leave_waiting", { n });
}, true);
document.addEventListener("submit", ({ target }) => target.matches("[data-leaves]") && forget());
