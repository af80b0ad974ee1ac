// Where there is no room for both: one button shows the paper, one the sheet. The choice lasts while the juror goes from entry to entry;
// at first the paper is shown, or the sheet where marking has begun.
const STORE = "leitai:side";
const buttons = [...document.querySelectorAll("[data-side]")];
const split = document.querySelector(".split.sheet");
const hasBegun = [...document.querySelectorAll(".stepper input")].some((mark) => mark.value);

function show(side) {
  split.dataset.shown = side;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.side === side));
}

for (const button of buttons)
  button.addEventListener("click", () => {
    show(button.dataset.side);
    sessionStorage.setItem(STORE, button.dataset.side);
  });
if (split) show(sessionStorage.getItem(STORE) ?? (hasBegun ? "sheet" : "paper"));
