import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** Writes `page-policy.json`: digests of the styles that the page writes into frames, for whoever serves it to allow. */
export function pagePolicy(styles: readonly string[]): Plugin {
  return {
    name: "page-policy",
    apply: "build",
    generateBundle() {
      const hashes = styles.map((style) => `sha256-${createHash("sha256").update(style).digest("base64")}`);
      const source = `${JSON.stringify({ style_hashes: hashes })}\n`;
      this.emitFile({ type: "asset", fileName: "page-policy.json", source });
    },
  };
}
