import { stringify } from "yaml";
import type { Block, Format } from "./format.ts";

/** One document per entry, from `---` to `...`. */
export const yaml: Format = {
  extension: "yaml",
  render: (entry) => `---\n${stringify(entry, { lineWidth: 0 })}...\n`,
  split: (text) => (text.match(/[^]*?^\.\.\.\n/gm) ?? []).map(blockOf),
};

function blockOf(text: string): Block {
  const id = /^id: "?([^"\n]+)"?$/m.exec(text)?.[1];
  const type = /^type: (segment|infrequent)$/m.exec(text)?.[1];
  if (id === undefined || (type !== "segment" && type !== "infrequent")) return { id: null, type: null, text };
  return { id, type, text };
}
