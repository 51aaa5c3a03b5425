import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const KB = 1000;

/** What of the bundle counts. */
interface Built {
  readonly fileName: string;
  /** Text of a script, or whatever else stands in the file. */
  readonly content: string | Uint8Array;
}

/** Kilobytes (1000 bytes) that a browser fetches for the whole page, every view of it. */
export interface PageSize {
  readonly gzipKb: number;
  readonly brotliKb: number;
}

/** Counts scripts, styles, markup and pictures; not what no browser asks for, such as licences and digests. */
export function sizeOf(files: readonly Built[]): PageSize {
  const fetched = files.filter(({ fileName }) => /\.(?:js|css|html|svg)$/u.test(fileName));
  const kb = (compress: (source: string | Uint8Array) => Uint8Array) =>
    fetched.reduce((sum, { content }) => sum + compress(content).byteLength, 0) / KB;
  return { gzipKb: kb((source) => gzipSync(source, { level: 9 })), brotliKb: kb(brotliCompressSync) };
}

/** Says how large the page is; above `mostKb`, as gzip has it, nothing is built and it says what helps. */
export function pageSize(mostKb: number): Plugin {
  return {
    name: "page-size",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = Object.values(bundle).map((file) => ({
          fileName: file.fileName,
          content: file.type === "chunk" ? file.code : file.source,
        }));
        const { gzipKb, brotliKb } = sizeOf(files);
        const said = `the page is ${gzipKb.toFixed(1)} kB as gzip, of at most ${mostKb} (${brotliKb.toFixed(1)} kB as Brotli)`;
        if (gzipKb > mostKb) this.error(`${said}. ${HELP}`);
        this.environment.logger.info(said);
      },
    },
  };
}

const HELP =
  "Put fields together from design/ (TextField, SelectField, Radios) rather than from elements, name attributes rather than spread " +
  "them, and look for a part of Svelte that came in anew, such as bind:value on an element: see packages/dashboard/README.md.";
