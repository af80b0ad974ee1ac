// <time data-until="2026-06-30T16:00:00Z">: what is left, by the server's clock (data-now on <html>), never by the visitor's.
// When it runs out, <time> says so and sends "countdown:over", which htmx may use as a trigger.
import { word } from "./words.js";

const served = Date.parse(document.documentElement.dataset.now ?? "");
const ahead = Number.isNaN(served) ? 0 : served - Date.now();
const DAY = 86400;

export function left(seconds) {
  if (seconds >= 2 * DAY) return word("days_left", { n: Math.floor(seconds / DAY) });
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-until]:not([data-over])")) {
    const seconds = (Date.parse(clock.dataset.until) - Date.now() - ahead) / 1000;
    if (seconds > 0) {
      clock.textContent = left(seconds);
    } else {
      clock.textContent = word("over");
      clock.dataset.over = "";
      clock.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    }
  }
}

if (document.querySelector("[data-until]")) tick();
setInterval(tick, 1000);
