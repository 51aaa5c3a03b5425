// evidence/anchors.jsonl: where the head of the ledger was told to somebody else. A list of hints, no proof: the proof is
// in the repositories it names.
import { open, readFile } from "node:fs/promises";
import type { AnchoredHead } from "./trailer.ts";

/** A line of `anchors.jsonl`. */
export interface Anchor extends AnchoredHead {
  /** ISO-8601 UTC. */
  readonly at: string;
  /** Absolute path of the repository. */
  readonly repo: string;
  /** Full hash of the commit there. */
  readonly commit: string;
}

/** What was anchored so far, oldest first. A torn or foreign line is passed over: it proves nothing either way. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => parsed(line) ?? []);
}

/** Adds a line; it is on the disk when this resolves. */
export async function noteAnchor(file: string, { n, hash, at, repo, commit }: Anchor): Promise<void> {
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const start = size > 0 && last.toString() !== "\n" ? "\n" : "";
    await handle.appendFile(`${start}${JSON.stringify({ n, hash, at, repo, commit })}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function parsed(line: string): Anchor | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return null;
    const { n, hash, at, repo, commit } = value as Record<string, unknown>;
    const isWhole = Number.isSafeInteger(n) && [hash, at, repo, commit].every((text) => typeof text === "string");
    return isWhole && /^[0-9a-f]{40,64}$/.test(String(commit)) ? (value as Anchor) : null;
  } catch {
    return null;
  }
}
