// Reads a PDF page by page beside the sheet: pages are drawn when they come near, words can be searched and copied.
// pdf.js is told to evaluate nothing and to fetch nothing from elsewhere; the server has put the reader's name across the pages.
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import "../../styles/viewer.css";
import { Finder } from "./finder.js";
import { word } from "./words.js";

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
export const parts = [workerUrl]; // what opening a paper asks for beside this file
const STORE = `/static/pdfjs-${pdfjs.version}`;
const ZOOMS = [0.6, 0.8, 1, 1.25, 1.6, 2, 2.5];
let reader;

export async function open(viewer, url) {
  await reader?.close();
  reader = new Reader(viewer);
  await reader.read(url);
}

class Reader {
  constructor(viewer) {
    this.viewer = viewer;
    this.pages = viewer.querySelector(".pages");
    this.bar = viewer.querySelector(".viewer-bar");
    this.state = viewer.querySelector("[data-viewer-state]");
    this.zoom = ZOOMS.indexOf(1);
    this.stopped = new AbortController();
  }

  async read(url) {
    this.state.textContent = word("loading");
    try {
      const answer = await fetch(url, { signal: this.stopped.signal });
      if (!answer.ok) throw new Error(answer.status);
      this.task = pdfjs.getDocument({
        data: new Uint8Array(await answer.arrayBuffer()),
        cMapUrl: `${STORE}/cmaps/`,
        cMapPacked: true,
        standardFontDataUrl: `${STORE}/standard_fonts/`,
        useWasm: false, // the content security policy allows no compiling
        wasmUrl: `${STORE}/wasm/`,
        isEvalSupported: false,
        enableXfa: false,
      });
      this.pdf = await this.task.promise;
    } catch {
      if (!this.stopped.signal.aborted) this.state.textContent = word("not_opened");
      return;
    }
    this.state.textContent = "";
    this.bar.hidden = this.pages.hidden = false;
    await this.lay();
    this.listen();
    this.viewer.dataset.ready = "";
    this.viewer.scrollIntoView({ block: "nearest" });
  }

  // A box for each page, as large as the page will be, so that nothing jumps.
  async lay() {
    this.watch?.disconnect();
    const top = this.boxes ? this.pages.scrollTop / this.pages.scrollHeight : 0;
    const first = (await this.pdf.getPage(1)).getViewport({ scale: 1 });
    this.scale = (Math.max(240, this.pages.clientWidth - 2) / first.width) * ZOOMS[this.zoom];
    this.boxes = [];
    for (let n = 1; n <= this.pdf.numPages; n++) this.boxes.push(await this.box(n));
    this.pages.replaceChildren(...this.boxes);
    this.pages.scrollTop = top * this.pages.scrollHeight;
    this.watch = new IntersectionObserver((seen) => seen.forEach((one) => one.isIntersecting && this.draw(one.target)), { root: this.pages, rootMargin: "100%" });
    for (const box of this.boxes) this.watch.observe(box);
    this.place();
  }

  async box(n) {
    const page = await this.pdf.getPage(n);
    const viewport = page.getViewport({ scale: this.scale });
    const box = document.createElement("div");
    box.className = "leaf";
    box.dataset.n = n;
    box.style.width = `${Math.floor(viewport.width)}px`;
    box.style.height = `${Math.floor(viewport.height)}px`;
    box.style.setProperty("--total-scale-factor", this.scale);
    return Object.assign(box, { page, viewport });
  }

  async draw(box) {
    if (box.isDrawn) return;
    box.isDrawn = true;
    const sharp = Math.min(2, globalThis.devicePixelRatio || 1);
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(box.viewport.width * sharp);
    canvas.height = Math.floor(box.viewport.height * sharp);
    const words = Object.assign(document.createElement("div"), { className: "words" });
    box.replaceChildren(canvas, words);
    const transform = sharp === 1 ? null : [sharp, 0, 0, sharp, 0, 0];
    await box.page.render({ canvas, viewport: box.viewport, transform }).promise.catch(() => {});
    const layer = new pdfjs.TextLayer({ textContentSource: await box.page.getTextContent(), container: words, viewport: box.viewport });
    await layer.render().catch(() => {});
    box.spans = layer.textDivs;
    this.finder?.paint(box);
  }

  listen() {
    const { signal } = this.stopped;
    this.finder = new Finder(this);
    this.pages.addEventListener("scroll", () => this.place(), { signal, passive: true });
    this.bar.addEventListener("click", ({ target }) => {
      const { zoom, hit } = target.closest("button")?.dataset ?? {};
      if (zoom) this.enlarge(Number(zoom));
      if (hit) this.finder.go(Number(hit));
    }, { signal });
    const field = this.bar.querySelector("[data-find]");
    field.addEventListener("input", () => this.finder.ask(field.value), { signal });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.finder.go(event.shiftKey ? -1 : 1);
      else if (event.key === "Escape") this.pages.focus();
      else return;
      event.preventDefault();
    }, { signal });
    addEventListener("resize", () => {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.lay(), 200);
    }, { signal });
  }

  async enlarge(by) {
    this.zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.zoom + by));
    await this.lay();
  }

  place() {
    const middle = this.pages.scrollTop + this.pages.clientHeight / 2;
    const n = this.boxes.filter((box) => box.offsetTop - this.pages.offsetTop <= middle).length || 1;
    this.bar.querySelector("[data-page-of]").textContent = word("page_of", { n, all: this.boxes.length });
  }

  show(box, within = box) {
    const gap = within.getBoundingClientRect().top - this.pages.getBoundingClientRect().top;
    this.pages.scrollTop += gap - this.pages.clientHeight / 3;
  }

  async close() {
    this.stopped.abort();
    this.watch?.disconnect();
    await this.task?.destroy();
  }
}
