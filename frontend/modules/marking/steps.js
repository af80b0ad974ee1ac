// A mark by thumb and by arrow keys: <button data-step="1"> beside the field, ↑ and ↓ within it. data-low, data-high and data-by say
// which marks there are. The keys 1 to 9 give a mark where a criterion has no bands (bandkeys.js does where it has).
const OFF = "leitai:keys-off";

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-step]");
  const mark = button?.closest(".stepper").querySelector("input");
  if (mark && !mark.disabled) move(mark, Number(button.dataset.step));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (steps && event.target.matches?.(".stepper input")) {
    event.preventDefault();
    return move(event.target, steps);
  }
  if (/^[0-9]$/.test(event.key)) digit(event);
});

function move(mark, steps) {
  const { low, high, by } = numbers(mark);
  const now = mark.value.trim() === "" ? null : Number(mark.value);
  const places = Math.max(decimals(mark.dataset.by), decimals(mark.dataset.low));
  let next = now === null || Number.isNaN(now) ? (steps > 0 ? low : high) : now + steps * by;
  next = Math.min(high, Math.max(low, next));
  give(mark, String(Number(next.toFixed(places))));
}

function digit(event) {
  if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  const criterion = event.target.closest?.("[data-criterion]:not([disabled])");
  if (!criterion || criterion.querySelector(".bands") || !event.target.matches("button")) return;
  const mark = criterion.querySelector(".stepper input");
  const { low, high } = numbers(mark);
  const value = Number(event.key);
  if (value < low || value > high) return;
  event.preventDefault();
  give(mark, event.key);
}

function give(mark, value) {
  mark.value = value;
  mark.dispatchEvent(new Event("input", { bubbles: true }));
}

const numbers = (mark) => ({ low: Number(mark.dataset.low), high: Number(mark.dataset.high), by: Number(mark.dataset.by) });
const decimals = (text) => (text.split(".")[1] ?? "").length;
