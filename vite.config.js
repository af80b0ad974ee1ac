// Every file directly in frontend/ is an entry: a page names the ones it needs with {% vite_asset %}.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const root = resolve(import.meta.dirname, "frontend");
const entries = readdirSync(root).filter((name) => name.endsWith(".js"));

export default defineConfig({
  root,
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
