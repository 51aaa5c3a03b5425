import { hash } from "node:crypto";

/** A SHA-256 as a string of 32 characters, one per byte: cheap to make, to keep and to hash again. */
export type Digest = string;

const pair = Buffer.alloc(65, 1);

/** The leaf of a line: SHA-256(0x00 ‖ line). Takes the bytes with the 0x00 already in front. */
export function leafOf(framedLine: Uint8Array): Digest {
  return hash("sha256", framedLine, "binary");
}

/** The same for a line as it was read. */
export function leafOfLine(line: Uint8Array): Digest {
  return leafOf(Buffer.concat([Buffer.alloc(1), line]));
}

/** A digest in hex, as records tell it, and back. */
export function hexOf(digest: Digest): string {
  return Buffer.from(digest, "latin1").toString("hex");
}

export function digestOf(hex: string): Digest {
  return Buffer.from(hex, "hex").toString("latin1");
}

/** SHA-256 in lower-case hex, as entries name each other. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash("sha256", bytes, "hex");
}

/** Root of a list of leaves as RFC 6962 hashes them, kept up to date one leaf at a time in O(log n) memory. */
export class MerkleTree {
  /** Roots of the full subtrees, largest first: one per set bit of the number of leaves. */
  readonly #subtrees: Digest[] = [];
  #leaves = 0;

  add(leaf: Digest): void {
    let node = leaf;
    for (let size = this.#leaves; size % 2 === 1; size = (size - 1) / 2)
      node = nodeOf(this.#subtrees.pop() ?? "", node);
    this.#subtrees.push(node);
    this.#leaves += 1;
  }

  /** Lower-case hex; of no leaves, the hash of nothing. */
  root(): string {
    const last = this.#subtrees.at(-1);
    if (last === undefined) return sha256Hex("");
    return hexOf(this.#subtrees.slice(0, -1).reduceRight((right, left) => nodeOf(left, right), last));
  }
}

/** Root over leaves, hex. */
export function rootOfLeaves(leaves: readonly Digest[]): string {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

function nodeOf(left: Digest, right: Digest): Digest {
  // For so few bytes a loop is faster than a call out of JavaScript.
  for (let i = 0; i < 32; i += 1) {
    pair[1 + i] = left.charCodeAt(i);
    pair[33 + i] = right.charCodeAt(i);
  }
  return hash("sha256", pair, "binary");
}
