import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Smaller files fit one packet as they are. */
const LEAST_BYTES = 1_000;

/** Writes each script, style and page once more as Brotli and as gzip, for whoever serves the folder to browsers that take them. */
export function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const source = file.type === "chunk" ? file.code : file.source;
          const bytes = Buffer.from(source);
          if (!/\.(?:js|css|html|svg)$/u.test(file.fileName) || bytes.length < LEAST_BYTES) continue;
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
          this.emitFile({
            type: "asset",
            fileName: `${file.fileName}.br`,
            source: brotliCompressSync(bytes, { params }),
          });
          this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: gzipSync(bytes, { level: 9 }) });
        }
      },
    },
  };
}
