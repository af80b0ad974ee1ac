// Finds words in the paper that lies open. Letters are compared without case and width, and across the pieces a PDF cuts its lines into.
import { word } from "./words.js";

const alike = (text) => text.normalize("NFKC").toLowerCase();

export class Finder {
  constructor(reader) {
    this.reader = reader;
    this.hits = [];
    this.at = -1;
    this.told = reader.bar.querySelector("[data-hits]");
    this.told.textContent = "";
    reader.bar.querySelector("[data-find]").value = "";
  }

  // Pieces of each page with the place where each begins in the page's whole text, read once.
  texts() {
    this.read ??= Promise.all(this.reader.boxes.map(async ({ page }) => {
      const pieces = (await page.getTextContent()).items.filter((item) => "str" in item).map((item) => alike(item.str));
      const starts = [];
      let whole = "";
      for (const piece of pieces) {
        starts.push(whole.length);
        whole += piece;
      }
      return { whole, starts };
    }));
    return this.read;
  }

  async ask(words) {
    const asked = (this.asked = alike(words.trim()));
    const pages = await this.texts();
    if (asked !== this.asked) return;
    this.hits = asked ? pages.flatMap(({ whole }, n) => places(whole, asked).map((at) => ({ n, at }))) : [];
    this.at = -1;
    for (const box of this.reader.boxes) this.paint(box);
    if (this.hits.length) return this.go(1);
    const hasText = pages.some(({ whole }) => whole);
    this.told.textContent = !asked ? "" : word(hasText ? "no_hit" : "no_text");
  }

  async go(by) {
    if (!this.hits.length) return;
    this.at = (this.at + by + this.hits.length) % this.hits.length;
    this.told.textContent = word("hit_of", { n: this.at + 1, all: this.hits.length });
    const box = this.reader.boxes[this.hits[this.at].n];
    this.reader.show(box);
    await this.reader.draw(box);
    for (const one of this.reader.boxes) this.paint(one);
    this.reader.show(box, box.querySelector("mark.here") ?? box);
  }

  // Marks the hits in the words that lie invisibly over the page.
  async paint(box) {
    if (!box.spans) return;
    const n = this.reader.boxes.indexOf(box);
    const pages = await this.texts();
    const { starts } = pages[n] ?? { starts: [] };
    const here = this.hits[this.at];
    box.spans.forEach((span, i) => {
      const text = span.textContent;
      const found = this.hits.filter((hit) => hit.n === n && hit.at < starts[i] + text.length && hit.at + this.asked.length > starts[i]);
      span.replaceChildren(...(found.length ? cut(text, starts[i], found, this.asked.length, here) : [text]));
    });
  }
}

function places(whole, asked) {
  const found = [];
  for (let at = whole.indexOf(asked); at >= 0; at = whole.indexOf(asked, at + asked.length)) found.push(at);
  return found;
}

function cut(text, start, hits, length, here) {
  const parts = [];
  let done = 0;
  for (const hit of hits) {
    const from = Math.max(0, hit.at - start);
    const to = Math.min(text.length, hit.at + length - start);
    const mark = Object.assign(document.createElement("mark"), { textContent: text.slice(from, to) });
    mark.classList.toggle("here", hit === here);
    parts.push(text.slice(done, from), mark);
    done = to;
  }
  return [...parts, text.slice(done)];
}
