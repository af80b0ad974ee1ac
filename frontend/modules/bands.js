// A criterion's bands and its mark follow each other: <fieldset data-criterion> holds radios with data-low and data-high and one
// number input. Choosing a band whose marks the number is outside of takes the band's top; typing a mark chooses its band. The foot's
// <output data-total> adds up mark × data-weight, and [data-missing] counts what is still to do. The server decides what it is worth.
import { word } from "./words.js";

const inside = (band, mark) => mark >= Number(band.dataset.low) && mark <= Number(band.dataset.high);
const markIn = (criterion) => criterion.querySelector("input[type=number], input[inputmode=decimal]");

document.addEventListener("input", ({ target }) => {
  const criterion = target.closest("[data-criterion]");
  if (!criterion) return;
  const mark = markIn(criterion);
  if (target === mark) choose(criterion, mark.value);
  else if (target.type === "radio") take(mark, target);
  addUp(criterion.closest("form"));
});

function choose(criterion, value) {
  for (const band of criterion.querySelectorAll("input[type=radio]"))
    band.checked = value.trim() !== "" && inside(band, Number(value));
}

function take(mark, band) {
  if (mark.value !== "" && inside(band, Number(mark.value))) return;
  mark.value = band.dataset.high;
  mark.dispatchEvent(new Event("change", { bubbles: true }));
}

function addUp(form) {
  const all = [...form.querySelectorAll("[data-criterion]")];
  const asked = all.filter((c) => !("optional" in c.dataset) || markIn(c).value.trim() !== "");
  const whole = weigh(all) / weigh(asked); // a criterion left blank, where that may be, leaves the mean to the others
  const marks = asked.map((c) => [markIn(c).value.trim(), Number(c.dataset.weight ?? 1) * whole]);
  const given = marks.filter(([value]) => value !== "");
  const total = form.querySelector("[data-total]");
  const missing = form.querySelector("[data-missing]");
  if (total) total.value = given.reduce((sum, [value, weight]) => sum + Number(value) * weight, 0).toFixed(Number(total.dataset.digits ?? 1));
  if (missing) missing.textContent = given.length === marks.length ? word("all_marked") : word("missing", { n: marks.length - given.length });
}

function weigh(criteria) {
  return criteria.reduce((sum, c) => sum + Number(c.dataset.weight ?? 1), 0);
}

// After a script has filled the marks in.
export function follow(form) {
  for (const criterion of form.querySelectorAll("[data-criterion]")) choose(criterion, markIn(criterion).value);
  addUp(form);
}

for (const form of document.querySelectorAll("form:has([data-criterion])")) addUp(form);
