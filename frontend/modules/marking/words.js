// The words of the juror's pages come beside those of every page (templatetags/juror_device.py).
import { word as common } from "../words.js";

let words;

export function word(name, values = {}) {
  words ??= JSON.parse(document.getElementById("marking-words")?.textContent ?? "{}");
  if (!(name in words)) return common(name, values);
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
