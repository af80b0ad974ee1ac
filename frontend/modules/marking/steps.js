// A mark by thumb and by arrow keys: <button data-step="1"> beside the field, ↑ and ↓ within it. data-low, data-high and data-by say
// which marks there are. The keys 1 to 9 choose a band (bandkeys.js).
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-step]");
  const mark = button?.closest(".stepper").querySelector("input");
  if (mark && !mark.disabled) move(mark, Number(button.dataset.step));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!steps || !event.target.matches?.(".stepper input")) return;
  event.preventDefault();
  move(event.target, steps);
});

function move(mark, steps) {
  const { low, high, by } = numbers(mark);
  const now = mark.value.trim() === "" ? null : Number(mark.value);
  const places = Math.max(decimals(mark.dataset.by), decimals(mark.dataset.low));
  let next = now === null || Number.isNaN(now) ? (steps > 0 ? low : high) : now + steps * by;
  next = Math.min(high, Math.max(low, next));
  give(mark, String(Number(next.toFixed(places))));
}

function give(mark, value) {
  mark.value = value;
  mark.dispatchEvent(new Event("input", { bubbles: true }));
}

const numbers = (mark) => ({ low: Number(mark.dataset.low), high: Number(mark.dataset.high), by: Number(mark.dataset.by) });
const decimals = (text) => (text.split(".")[1] ?? "").length;
