// Words for people come with the page, in its language (base.html prints them as JSON under #script-words).
let words;

export function word(name, values = {}) {
  words ??= JSON.parse(document.getElementById("script-words")?.textContent ?? "{}");
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
