// A slider beside each mark, for mouse, thumb and arrow keys; the field stays what counts, and without scripts there is only the field.
// The best mark is at the right (data-direction="down" on the criterion turns the scale). A thumb that scrolls the page past a slider
// changes nothing: the mark is given when the finger leaves the slider, and not when the browser took the touch for scrolling.
import { word } from "./words.js";

const KEYS = /^(Arrow|Page|Home$|End$)/;

for (const mark of document.querySelectorAll("[data-criterion] .stepper input")) add(mark);

function add(mark) {
  const slider = Object.assign(document.createElement("input"), { type: "range", className: "slider", ariaLabel: mark.dataset.slider });
  const { low, high, by } = mark.dataset;
  Object.assign(slider, { min: low, max: high, step: by });
  slider.dataset.alone = "";
  const criterion = mark.closest("[data-criterion]");
  if (criterion.dataset.direction === "down") slider.dir = "rtl";
  mark.closest(".mark").before(slider); // the field leads on to the evidence
  for (const said of ["input", "change"]) criterion.addEventListener(said, ({ target }) => target !== slider && follow(slider, mark));
  hold(slider, mark);
  follow(slider, mark);
}

function follow(slider, mark) {
  const isBlank = mark.value.trim() === "" || Number.isNaN(Number(mark.value));
  slider.value = isBlank ? slider.min : mark.value;
  slider.classList.toggle("blank", isBlank);
  slider.ariaValueText = isBlank ? word("blank") : mark.value;
}

function hold(slider, mark) {
  let passed = 0; // when a wheel or a finger went past
  const isPassing = () => Date.now() - passed < 400;
  const give = () => {
    if (isPassing()) return follow(slider, mark);
    if (mark.value === slider.value) return;
    mark.value = slider.value;
    mark.dispatchEvent(new Event("input", { bubbles: true }));
    mark.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const pass = () => {
    passed = Date.now();
    follow(slider, mark);
  };
  slider.addEventListener("pointerdown", () => (passed = 0));
  slider.addEventListener("pointercancel", pass);
  slider.addEventListener("wheel", () => slider.blur() ?? pass(), { passive: true }); // some browsers turn a focused slider by it
  slider.addEventListener("pointerup", give); // also where the slider stood already, while there was no mark
  slider.addEventListener("keyup", ({ key }) => KEYS.test(key) && give());
  slider.addEventListener("input", (event) => {
    event.stopPropagation(); // bands and the queue hear of the mark
    if (isPassing()) return follow(slider, mark);
    slider.classList.remove("blank");
    slider.ariaValueText = slider.value;
  });
  slider.addEventListener("change", (event) => {
    event.stopPropagation();
    give();
  });
}
