// A hall's board and its phone page: <main data-hall data-stream="…" data-doors="… …" data-pace="2000">, with the newest snapshot in #snapshot.
import "./styles/board.css";
import { setClock } from "./modules/hall/clock.js";
import { derive } from "./modules/hall/derive.js";
import { follow } from "./modules/hall/feed.js";
import { fill } from "./modules/hall/fill.js";
import { offerFilms, play } from "./modules/hall/film.js";
import { dress } from "./modules/hall/theme.js";
import { now } from "./modules/hall/time.js";

const hall = document.querySelector("[data-hall]");
const first = JSON.parse(document.getElementById("snapshot").textContent);

function show(snapshot) {
  dress(hall, snapshot.theme);
  fill(hall, derive(snapshot));
  setClock(snapshot);
  play(hall.querySelector("video"), snapshot);
}

// Quietly: what stands there stays there, with the time since which it may be out of date.
function told({ lost, for: ms }) {
  const note = hall.querySelector("[data-lost]");
  if (lost) note.querySelector("time").textContent ||= new Date(now() - ms).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  else note.querySelector("time").textContent = "";
  note.hidden = !lost;
}

offerFilms(document.querySelector("input[data-choose-films]"));
show(first);
follow({ stream: hall.dataset.stream, doors: hall.dataset.doors.split(" "), pace: Number(hall.dataset.pace), version: first.v, show, told });

// Buttons appear when somebody moves the mouse, and go away with it.
const tools = document.querySelector("[data-tools]");
if (tools) {
  let hiding;
  const wake = () => {
    document.body.dataset.awake = "";
    clearTimeout(hiding);
    hiding = setTimeout(() => tools.matches(":focus-within") || delete document.body.dataset.awake, 3000);
  };
  addEventListener("pointermove", wake);
  addEventListener("keydown", wake);
  tools.querySelector("[data-full]").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
}
