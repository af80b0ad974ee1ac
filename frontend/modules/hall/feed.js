// Brings the newest snapshot to a page: by the stream, else by asking every few seconds at the doors it was given, in turn.
// `pace` is about how many milliseconds lie between two questions: a board asks often, thousands of phones must not.
// Whole snapshots only, so nothing is missed by coming back; an older one is never shown after a newer one.
import { hearTime } from "./time.js";

const SILENCE_MS = 40000; // a stream says something every 15 seconds
const FIRST_WORD_MS = 5000; // some proxies let a stream open and then hold it back
const LOST_MS = 12000; // beyond the pace of asking

const somewhat = (ms) => ms * (1 + Math.random());

export function follow({ stream, doors, pace, version, show, told }) {
  const feed = { version, heard: performance.now(), since: performance.now(), asking: null, door: 0 };

  function take(snapshot) {
    feed.heard = performance.now();
    if (snapshot.v > feed.version || feed.version === undefined) {
      feed.version = snapshot.v;
      show(snapshot);
    }
    told({ lost: false });
  }

  function open() {
    feed.since = performance.now();
    feed.source = new EventSource(stream);
    feed.source.addEventListener("snapshot", ({ data }) => {
      stopAsking();
      take(JSON.parse(data));
    });
    feed.source.addEventListener("beat", ({ data }) => {
      feed.heard = feed.since = performance.now();
      hearTime(Number(data));
      // The stream is alive; without this a page that knows the newest snapshot would go on asking.
      stopAsking();
      told({ lost: false });
    });
    feed.source.onerror = () => {
      ask();
      if (feed.source.readyState === EventSource.CLOSED) setTimeout(again, somewhat(8000));
    };
  }

  function again() {
    feed.source.close();
    open();
  }

  function ask() {
    feed.asking ??= setTimeout(poll, somewhat(pace / 2));
  }

  function stopAsking() {
    clearTimeout(feed.asking);
    feed.asking = null;
  }

  async function poll() {
    for (const _ of doors) {
      if (await tried(doors[feed.door])) break;
      feed.door = (feed.door + 1) % doors.length;
    }
    if (feed.asking !== null) feed.asking = setTimeout(poll, somewhat(pace));
  }

  // What did not change costs the door a word: the browser keeps the answer and asks with its mark.
  async function tried(door) {
    try {
      const answer = await fetch(door, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(8000) });
      if (!answer.ok) return false;
      hearTime(Date.parse(answer.headers.get("date")));
      take(await answer.json());
      return true;
    } catch {
      return false;
    }
  }

  function watch() {
    const now = performance.now();
    if (feed.source.readyState === EventSource.OPEN && now - feed.since > SILENCE_MS) again();
    if (now - feed.heard > FIRST_WORD_MS && now - feed.since > FIRST_WORD_MS && feed.source.readyState !== EventSource.OPEN) ask();
    if (now - feed.heard > (feed.source.readyState === EventSource.OPEN ? SILENCE_MS : LOST_MS + 2 * pace)) told({ lost: true, for: now - feed.heard });
  }

  open();
  setInterval(watch, 1000);
  addEventListener("online", again);
}
