// On a sheet, keys 1 to 9 choose a band of the criterion that has the focus, or of the first one without a mark,
// and the focus goes on to the next criterion. Nothing happens while somebody writes a text.
const OFF = "leitai:keys-off";
const texts = "textarea, select, input:not([type=radio], [inputmode=decimal])";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !/^[1-9]$/.test(event.key)) return;
  const criteria = [...document.querySelectorAll("[data-criterion]:not([disabled])")];
  const here = event.target.closest("[data-criterion]");
  if (!criteria.length || event.target.closest(texts) || event.target.matches("[inputmode=decimal]")) return;
  if (localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  const criterion = here ?? criteria.find((one) => !one.querySelector("[inputmode=decimal]").value) ?? criteria[0];
  const band = criterion.querySelector(`[data-band="${event.key}"]`);
  if (!band) return;
  event.preventDefault();
  band.click();
  criteria[criteria.indexOf(criterion) + 1]?.querySelector("[type=radio], [inputmode=decimal]")?.focus();
});
