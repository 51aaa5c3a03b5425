import type { Entry } from "./entry.ts";
import type { Block } from "./format.ts";

/** What makes a file say what it should: new blocks at its end, or another text altogether. */
export type DayPlan =
  | { readonly do: "nothing" }
  | { readonly do: "append"; readonly blocks: readonly Block[] }
  | { readonly do: "rewrite"; readonly blocks: readonly Block[] };

/** What the timeline says of one day. */
export interface DayView {
  /** What the file is to hold, in order. */
  readonly entries: readonly Entry[];
  /** Whether a block that stands in the file and is not among `entries` stays there, as it is. */
  readonly stays: (block: Block) => boolean;
  readonly render: (entry: Entry) => string;
}

/** Compares a file with the timeline. What is new goes to the end; once something written is no longer so, the file is
 *  written anew. Blocks of others stay where they are. */
export function planDay(written: readonly Block[], { entries, stays, render }: DayView): DayPlan {
  const wanted = new Map(entries.map((entry) => [entry.id, entry]));
  const known = new Set<string>();
  let isSame = true;
  const kept: Block[] = [];
  for (const block of written) {
    const entry = block.id === null ? undefined : wanted.get(block.id);
    const isDouble = block.id !== null && known.has(block.id);
    if (block.id !== null) known.add(block.id);
    const next = isDouble ? null : keptOf(block, entry, { stays, render });
    if (next !== null) kept.push(next);
    if (next !== block) isSame = false;
  }
  const fresh = entries
    .filter(({ id }) => !known.has(id))
    .map((entry): Block => ({ id: entry.id, type: entry.type, text: render(entry) }));
  if (!isSame) return { do: "rewrite", blocks: [...kept, ...fresh] };
  return fresh.length === 0 ? { do: "nothing" } : { do: "append", blocks: fresh };
}

function keptOf(
  block: Block,
  entry: Entry | undefined,
  { stays, render }: Pick<DayView, "stays" | "render">,
): Block | null {
  if (entry === undefined) return block.id === null || stays(block) ? block : null;
  // An event is what it is; only a segment may look otherwise later.
  if (entry.type === "infrequent") return block;
  const text = render(entry);
  return text === block.text ? block : { ...block, text };
}
