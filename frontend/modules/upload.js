// Files: <input type="file" class="drop" data-max-mib="50"> names what was chosen and says at once when it is too big; a form sent
// by htmx (hx-post, hx-encoding="multipart/form-data") fills its <progress>. Without script it is a plain form.
import { word } from "./words.js";

const mib = (bytes) => (bytes / 1024 / 1024).toFixed(1);

document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=file][data-max-mib]")) return;
  const most = Number(target.dataset.maxMib);
  const big = [...target.files].find((file) => file.size > most * 1024 * 1024);
  const values = { name: big?.name, size: big && mib(big.size), most };
  target.setCustomValidity(big ? word("too_big", values) : "");
  target.reportValidity();
});

for (const [name, over] of [["dragenter", true], ["dragleave", false], ["drop", false]])
  document.addEventListener(name, ({ target }) => {
    if (target.matches?.("input.drop")) target.classList.toggle("over", over);
  });

document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const bar = target.querySelector("progress");
  if (!bar || !detail.lengthComputable) return;
  bar.hidden = false;
  bar.max = detail.total;
  bar.value = detail.loaded;
});
