import { createRequire } from "node:module";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { folderOf, notices } from "./build/notices.ts";
import { pagePolicy } from "./build/page-policy.ts";
import { pageSize } from "./build/page-size.ts";
import { FRAME_STYLESHEET } from "./src/page/views/widgets/frame/stylesheet.ts";

const openProps = createRequire(import.meta.url).resolve("open-props/indigo.min.css");

/** Static files that name each other relatively, so that whoever serves the folder may do so below any path. */
export default defineConfig({
  root: "src/page",
  base: "./",
  plugins: [
    // The names that keep one component's styles from another's stand wherever a class does: shorter ones are felt.
    svelte({ configFile: false, compilerOptions: { cssHash: ({ hash, css }) => `s${hash(css).slice(0, 5)}` } }),
    pagePolicy([FRAME_STYLESHEET]),
    notices([folderOf(openProps, "open-props")]),
    pageSize(120),
  ],
  resolve: { conditions: ["@mimolo/source", "browser", "module", "import", "default"] },
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
