// How much a widget may be, and what is said to its author when it is more.

/** The longest HTML, read or written, in bytes of UTF-8. */
export const MAX_WIDGET_BYTES = 65_536;
/** The most elements, texts and comments, read or written. */
export const MAX_WIDGET_NODES = 5_000;
/** How deep elements may stand in each other, read or written. */
export const MAX_WIDGET_DEPTH = 64;

/** Why a widget is not shown. */
export type WidgetRefusalCode = "too-large" | "too-many-nodes" | "too-deep" | "invalid-tree";

const SENTENCES = {
  "too-large": `A widget may have ${MAX_WIDGET_BYTES / 1024} KiB of HTML, counted before and after its texts are escaped; this one has more.`,
  "too-many-nodes": `A widget may have ${MAX_WIDGET_NODES} elements and texts; this one has more.`,
  "too-deep": `Elements of a widget may stand ${MAX_WIDGET_DEPTH} deep in each other; in this one they stand deeper.`,
};

/** Thrown at the very node that is one too many, so that no hostile widget is read to its end; never leaves this folder. */
export class WidgetRefusal extends Error {
  override readonly name = "WidgetRefusal";
  readonly code: WidgetRefusalCode;

  constructor(code: keyof typeof SENTENCES);
  constructor(code: "invalid-tree", message: string);
  constructor(code: WidgetRefusalCode, message?: string) {
    super(code === "invalid-tree" ? message : SENTENCES[code]);
    this.code = code;
  }
}

/** Counts nodes; the one above `MAX_WIDGET_NODES` is refused. */
export class NodeCount {
  #nodes = 0;

  get nodes(): number {
    return this.#nodes;
  }

  add(): void {
    this.#nodes += 1;
    if (this.#nodes > MAX_WIDGET_NODES) throw new WidgetRefusal("too-many-nodes");
  }
}

/** Refuses an element that stands `depth` deep, counted from 1. */
export function checkDepth(depth: number): void {
  if (depth > MAX_WIDGET_DEPTH) throw new WidgetRefusal("too-deep");
}

/** Refuses more HTML than `MAX_WIDGET_BYTES`. */
export function checkBytes(html: string): void {
  if (html.length > MAX_WIDGET_BYTES || Buffer.byteLength(html) > MAX_WIDGET_BYTES) {
    throw new WidgetRefusal("too-large");
  }
}
