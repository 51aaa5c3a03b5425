import type { Block, Format } from "./format.ts";

/** One JSON object a line. */
export const jsonl: Format = {
  extension: "jsonl",
  render: (entry) => `${JSON.stringify(entry)}\n`,
  split: (text) => (text.match(/[^\n]*\n/g) ?? []).map(blockOf),
};

function blockOf(text: string): Block {
  try {
    const { id, type } = JSON.parse(text) as { id?: unknown; type?: unknown };
    if (typeof id === "string" && (type === "segment" || type === "infrequent")) return { id, type, text };
  } catch {
    // Not ours.
  }
  return { id: null, type: null, text };
}
