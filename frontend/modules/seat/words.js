// The words of the juror's page in the hall (templatetags/hall.py), and in which language a pair of names is read here.
import { word as common } from "../marking/words.js";

let words;

export function word(name, values = {}) {
  words ??= JSON.parse(document.getElementById("seat-words")?.textContent ?? "{}");
  if (!(name in words)) return common(name, values);
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

const chinese = document.documentElement.lang.startsWith("zh");
export const mine = (pair) => (chinese ? pair.zh || pair.en : pair.en || pair.zh);
export const other = (pair) => {
  const second = chinese ? pair.en : pair.zh;
  return second && second !== mine(pair) ? second : "";
};
