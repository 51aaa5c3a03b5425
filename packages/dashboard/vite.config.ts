import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/** Static files that name each other relatively, so that whoever serves the folder may do so below any path. */
export default defineConfig({
  root: "src/page",
  base: "./",
  plugins: [svelte()],
  resolve: { conditions: ["@mimolo/source", "browser", "module", "import", "default"] },
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
