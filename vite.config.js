// Every file directly in frontend/ is an entry: a page names the ones it needs with {% vite_asset %}.
import { cpSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const root = resolve(import.meta.dirname, "frontend");
const entries = readdirSync(root).filter((name) => name.endsWith(".js"));

// What pdf.js asks for while it reads: character maps (Chinese papers without fonts of their own), fonts, decoders.
const pdfjs = resolve(import.meta.dirname, "node_modules/pdfjs-dist");
const { version } = JSON.parse(readFileSync(resolve(pdfjs, "package.json")));
const papers = {
  name: "papers",
  writeBundle({ dir }) {
    for (const part of ["cmaps", "standard_fonts"]) cpSync(resolve(pdfjs, part), resolve(dir, `pdfjs-${version}`, part), { recursive: true });
    cpSync(resolve(pdfjs, "wasm/openjpeg_nowasm_fallback.js"), resolve(dir, `pdfjs-${version}/wasm/openjpeg_nowasm_fallback.js`));
  },
};

export default defineConfig({
  root,
  plugins: [papers],
  base: "/static/",
  build: {
    outDir: resolve(import.meta.dirname, "build/static"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // nothing inline: our content security policy means it
    modulePreload: { polyfill: false },
    target: ["chrome111", "safari16.4", "firefox114"],
    rollupOptions: { input: entries.map((name) => resolve(root, name)) },
  },
});
