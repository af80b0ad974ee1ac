// Puts a snapshot into the page. The page says by attributes what stands where, and the server has filled it the same way:
//   data-text="entry.number"   the words here          data-when="entry"      hidden unless there is such a thing
//   data-both="entry.title"    <b> in the page's language, <i> in the other one where it has one
//   data-value="scene"         the value as data-is, for the style sheet
//   data-source="picture"      the address of a picture   data-choice="code"  the value of a radio button
//   data-each="marks"          one copy of its <template> for each, kept by data-key
// Nothing here knows a word of any language, and nothing is ever written as HTML.
const chinese = document.documentElement.lang.startsWith("zh");

const at = (data, path) => path.split(".").reduce((value, name) => value?.[name], data);
const there = (value) => !(value === undefined || value === null || value === false || value === "" || value?.length === 0);

export function fill(root, data) {
  for (const node of inside(root, "[data-each]")) each(node, at(data, node.dataset.each) ?? []);
  for (const node of inside(root, "[data-when]")) node.hidden = !there(at(data, node.dataset.when));
  for (const node of inside(root, "[data-text]")) write(node, at(data, node.dataset.text));
  for (const node of inside(root, "[data-both]")) both(node, at(data, node.dataset.both));
  for (const node of inside(root, "[data-value]")) node.dataset.is = at(data, node.dataset.value) ?? "";
  for (const node of inside(root, "[data-choice]")) node.value = at(data, node.dataset.choice);
  for (const node of inside(root, "img[data-source]")) picture(node, at(data, node.dataset.source));
}

// Not what stands in a list: its rows are filled with their own data.
function inside(root, wanted) {
  const own = root.closest("[data-row]");
  const found = [...root.querySelectorAll(wanted)].filter((node) => node.closest("[data-row]") === own || node === root);
  return root.matches?.(wanted) ? [root, ...found] : found;
}

function write(node, value) {
  const words = there(value) || value === 0 ? String(value) : "";
  if (node.textContent !== words) node.textContent = words;
}

function both(node, pair = {}) {
  const [mine, other] = chinese ? [pair.zh, pair.en] : [pair.en, pair.zh];
  const [first, second] = [node.querySelector("b"), node.querySelector("i")];
  write(first, mine || other);
  first.lang = (mine ? chinese : !chinese) ? "zh-Hans" : "en";
  write(second, mine && other && mine !== other ? other : "");
  second.lang = chinese ? "en" : "zh-Hans";
  node.dataset.long = length(mine || other || "");
}

// Twice as wide are Chinese characters; the style sheet makes long titles smaller, so that they stay within their lines.
export function length(words) {
  const wide = [...words].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
  return wide > 120 ? 4 : wide > 72 ? 3 : wide > 40 ? 2 : 1;
}

function picture(node, address) {
  node.hidden = !address;
  if (address && node.getAttribute("src") !== address) node.src = address;
}

function each(list, rows) {
  const template = list.querySelector(":scope > template");
  const before = new Map([...list.querySelectorAll(":scope > [data-row]")].map((node) => [node.dataset.row, node]));
  const drawn = rows.map((row) => {
    const key = String(at(row, list.dataset.key));
    const old = before.get(key);
    before.delete(key);
    const node = old ?? template.content.firstElementChild.cloneNode(true);
    node.dataset.row = key;
    node.toggleAttribute("data-new", !old);
    fill(node, row);
    return node;
  });
  for (const node of before.values()) node.remove();
  drawn.forEach((node, n) => {
    const stands = list.querySelectorAll(":scope > [data-row]")[n];
    if (stands !== node) list.insertBefore(node, stands ?? null);
  });
}
