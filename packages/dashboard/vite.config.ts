import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { NEVER_HYDRATED } from "./build/never-hydrated.ts";
import { folderOf, notices } from "./build/notices.ts";
import { pagePolicy } from "./build/page-policy.ts";
import { pageSize } from "./build/page-size.ts";
import { scopeNames } from "./build/scope-names.ts";
import { FRAME_STYLESHEET } from "./src/page/views/widgets/frame/stylesheet.ts";

const openProps = createRequire(import.meta.url).resolve("open-props/indigo.min.css");
const cssHash = scopeNames(fileURLToPath(new URL("src/page", import.meta.url)));

/** Static files that name each other relatively, so that whoever serves the folder may do so below any path. */
export default defineConfig({
  root: "src/page",
  base: "./",
  plugins: [
    svelte({ configFile: false, compilerOptions: { runes: true, discloseVersion: false, fragments: "tree", cssHash } }),
    pagePolicy([FRAME_STYLESHEET]),
    notices([folderOf(openProps, "open-props")]),
    pageSize(120),
    compressed(),
  ],
  resolve: { conditions: ["@mimolo/source", "browser", "module", "import", "default"] },
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2023",
    // From these on a browser knows light-dark() itself: mid-2024.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      optimization: { inlineConst: { mode: "all", pass: 4 } },
      treeshake: {
        // Nothing here counts on what is read and thrown away.
        propertyReadSideEffects: false,
        unknownGlobalSideEffects: false,
        manualPureFunctions: NEVER_HYDRATED,
      },
    },
  },
});
