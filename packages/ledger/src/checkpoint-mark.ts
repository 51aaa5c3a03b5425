import { createHash, type Hash } from "node:crypto";
import type { FileSystem } from "./ports.ts";
import { readText } from "./read-text.ts";

/** How far `checkpoints.jsonl` had come. Nothing binds checkpoints to each other, so this is kept beside the head: a line
 *  taken out of the file, its end or its times are missed then. */
export interface CheckpointMark {
  /** `n` of the newest checkpoint. */
  readonly n: number;
  /** Bytes of the file up to the end of that line. */
  readonly length: number;
  /** SHA-256 of those bytes, hex. */
  readonly sha256: string;
}

/** `state/head.json` → `state/head.checkpoints.json`. */
export function markFileOf(headFile: string): string {
  return `${headFile.replace(/\.json$/, "")}.checkpoints.json`;
}

export function encodeMark({ n, length, sha256 }: CheckpointMark): string {
  return `${JSON.stringify({ n, length, sha256 })}\n`;
}

/** The mark beside a head: null when there is none, "unreadable" when its file is not exactly one. */
export async function readMark(fileSystem: FileSystem, headFile: string): Promise<KnownMark> {
  const text = await readText(fileSystem, markFileOf(headFile));
  if (text === null) return null;
  const [, n, length, sha256] = /^\{"n":(\d{1,15}),"length":(\d{1,15}),"sha256":"([0-9a-f]{64})"\}\n$/.exec(text) ?? [];
  return sha256 === undefined ? "unreadable" : { n: Number(n), length: Number(length), sha256 };
}

export type KnownMark = CheckpointMark | "unreadable" | null;

/** Follows the lines of `checkpoints.jsonl`: what the mark is after each, and whether a known one came up on the way. */
export class CheckpointTrail {
  readonly #known: KnownMark;
  readonly #hash: Hash = createHash("sha256");
  #n = 0;
  #length = 0;
  #holds: boolean;

  constructor(known: KnownMark) {
    this.#known = known;
    this.#holds = known === null;
  }

  /** `line` is without its line end; `n` is null when it is no checkpoint. */
  add(line: string | Uint8Array, n: number | null): void {
    this.#hash.update(line).update("\n");
    this.#length += Buffer.byteLength(line) + 1;
    this.#n = n ?? this.#n;
    const known = this.#known;
    if (known === null || known === "unreadable" || known.length !== this.#length) return;
    const { sha256 } = this.mark;
    this.#holds = known.n === this.#n && known.sha256 === sha256;
  }

  get mark(): CheckpointMark {
    return { n: this.#n, length: this.#length, sha256: this.#hash.copy().digest("hex") };
  }

  /** True when the lines so far begin with those of the known mark, or none is known. */
  get holds(): boolean {
    return this.#holds;
  }
}
