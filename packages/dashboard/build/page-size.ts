import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const KB = 1000;

/** Says how much a browser fetches for the whole page, every view of it, aloud above `mostKb` (gzip). */
export function pageSize(mostKb: number): Plugin {
  return {
    name: "page-size",
    apply: "build",
    writeBundle(_options, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css|html|svg)$/u.test(fileName));
      const sizes = files.map((file) => gzipSync(file.type === "chunk" ? file.code : file.source).byteLength / KB);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const said = `the page is ${total.toFixed(1)} kB compressed, of at most ${mostKb}`;
      if (total > mostKb) return this.warn(said);
      this.environment.logger.info(said);
    },
  };
}
