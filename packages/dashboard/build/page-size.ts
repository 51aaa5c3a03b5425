import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const KB = 1000;

/** Says how much a browser fetches for the whole page, every view of it; aloud above `mostKb`, as gzip has it. */
export function pageSize(mostKb: number): Plugin {
  return {
    name: "page-size",
    apply: "build",
    writeBundle(_options, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css|html|svg)$/u.test(fileName));
      const bytes = files.map((file) => (file.type === "chunk" ? file.code : file.source));
      const kb = (compress: (source: string | Uint8Array) => Uint8Array) =>
        bytes.reduce((sum, source) => sum + compress(source).byteLength, 0) / KB;
      const total = kb((source) => gzipSync(source, { level: 9 }));
      const said = `the page is ${total.toFixed(1)} kB as gzip, of at most ${mostKb} (${kb(brotliCompressSync).toFixed(1)} kB as Brotli)`;
      if (total > mostKb) return this.warn(said);
      this.environment.logger.info(said);
    },
  };
}
