// Follows a topic of which the live process says only "there is a new version": `changed` then fetches what its reader may see.
// When no stream can be had it asks every few seconds, and it asks once whenever a stream (again) opens, so nothing is missed.
import { hearTime } from "./hall/time.js";

const SILENCE_MS = 40000; // a stream says something every 15 seconds
const POLL_MS = 3000;
const somewhat = (ms) => ms * (0.5 + Math.random());

export function follow(stream, changed) {
  let source;
  let heard = performance.now();
  let asking = null;

  function open() {
    source = new EventSource(stream);
    heard = performance.now();
    source.addEventListener("version", ({ data }) => {
      heard = performance.now();
      changed(Number(data));
    });
    source.addEventListener("beat", ({ data }) => {
      heard = performance.now();
      hearTime(Number(data));
      stop();
    });
    source.onopen = () => {
      stop();
      changed();
    };
    source.onerror = () => {
      asking ??= setTimeout(ask, somewhat(POLL_MS / 2));
      if (source.readyState === EventSource.CLOSED) setTimeout(again, somewhat(8000));
    };
  }

  function stop() {
    clearTimeout(asking);
    asking = null;
  }

  async function ask() {
    await changed();
    if (asking !== null) asking = setTimeout(ask, somewhat(POLL_MS));
  }

  function again() {
    source.close();
    open();
  }

  open();
  setInterval(() => source.readyState === EventSource.OPEN && performance.now() - heard > SILENCE_MS && again(), 5000);
  addEventListener("online", () => {
    again();
    changed();
  });
}
