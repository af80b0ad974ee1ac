// Clocks: <time data-clock> counts what is left of a pitch, <time data-ends> what is left of a break. Both by the server's clock.
import { now } from "./time.js";

let shown = {};

export function setClock(snapshot) {
  shown = snapshot;
  tick();
}

// Below zero it counts up, and says so by its sign.
export function left(clock) {
  if (!clock.started_at || clock.paused) return clock.left ?? clock.seconds;
  return clock.seconds - (now() - Date.parse(clock.started_at)) / 1000;
}

export function face(seconds) {
  const over = seconds < 0;
  const whole = over ? Math.floor(-seconds) : Math.ceil(seconds);
  const two = (n) => String(n).padStart(2, "0");
  return `${over && whole ? "+" : ""}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}

function draw(node, seconds) {
  const words = face(seconds);
  if (node.textContent !== words) node.textContent = words;
  node.dataset.is = seconds < 0 ? "over" : seconds <= 60 ? "soon" : "";
}

function tick() {
  if (shown.clock) for (const node of document.querySelectorAll("[data-clock]")) draw(node, left(shown.clock));
  const ends = Date.parse(shown.cue?.ends_at ?? "");
  if (!Number.isNaN(ends)) for (const node of document.querySelectorAll("[data-ends]")) draw(node, Math.max(0, (ends - now()) / 1000));
}

setInterval(tick, 200);
