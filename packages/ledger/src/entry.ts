import { parsePart } from "./part-name.ts";

/** Far beyond what a commit ever takes. */
const MOST_BYTES = 2 ** 30;

/** The lines of `commits.jsonl` and `checkpoints.jsonl`, and of `head.json`: text out, checked values in. */

/** One commit: where its records are, what they hash to, and the entry before it. */
export interface CommitEntry {
  readonly n: number;
  /** ISO-8601 UTC. */
  readonly at: string;
  readonly file: string;
  readonly offset: number;
  /** Bytes, line ends included. */
  readonly length: number;
  readonly seqFrom: number;
  readonly seqTo: number;
  /** Event times of the records, ISO-8601 UTC; null when none has one. */
  readonly timeFrom: string | null;
  readonly timeTo: string | null;
  /** Merkle root over the lines, hex. */
  readonly root: string;
  /** SHA-256 of the previous entry's line, hex. */
  readonly prev: string;
  /** Found after an unclean stop and committed then. */
  readonly recovered: boolean;
}

/** The signed first line of a ledger. */
export interface Genesis {
  readonly at: string;
  readonly format: 1;
  readonly collectorId: string;
  readonly publicKey: string;
  /** Base64, raw Ed25519 over `genesisMessage`. */
  readonly sig: string;
}

/** A signed statement of how far the chain had come. */
export interface Checkpoint {
  readonly n: number;
  readonly at: string;
  readonly hash: string;
  readonly sig: string;
}

/** The newest entry and the hash of its line. */
export interface Head {
  readonly n: number;
  readonly hash: string;
}

export function genesisMessage(collectorId: string, publicKey: string): Uint8Array {
  return Buffer.from(`mimolo genesis 1\n${collectorId}\n${publicKey}\n`);
}

export function checkpointMessage(collectorId: string, head: Head): Uint8Array {
  return Buffer.from(`mimolo checkpoint 1\n${collectorId}\n${head.n}\n${head.hash}\n`);
}

/** The bytes of a `sig`; none when it is not the one spelling of 64 bytes, so that no signature holds. */
export function signatureBytes(sig: string): Uint8Array {
  const bytes = Buffer.from(sig, "base64");
  return bytes.length === 64 && bytes.toString("base64") === sig ? bytes : Buffer.alloc(0);
}

export function encodeEntry(e: CommitEntry): string {
  return JSON.stringify({
    n: e.n,
    at: e.at,
    file: e.file,
    offset: e.offset,
    length: e.length,
    seq_from: e.seqFrom,
    seq_to: e.seqTo,
    time_from: e.timeFrom,
    time_to: e.timeTo,
    root: e.root,
    prev: e.prev,
    ...(e.recovered ? { recovered: true } : {}),
  });
}

export function encodeGenesis(g: Genesis): string {
  return JSON.stringify({
    n: 0,
    at: g.at,
    format: g.format,
    collector_id: g.collectorId,
    public_key: g.publicKey,
    sig: g.sig,
  });
}

export function encodeCheckpoint(c: Checkpoint): string {
  return JSON.stringify({ n: c.n, at: c.at, hash: c.hash, sig: c.sig });
}

export function encodeHead(head: Head): string {
  return `${JSON.stringify({ n: head.n, hash: head.hash })}\n`;
}

/** An entry, or null when the line is none. */
export function parseEntry(line: string): CommitEntry | null {
  const e = parseObject(line);
  if (e === null || !isCount(e["n"]) || !isCount(e["offset"]) || !isCount(e["length"])) return null;
  if (!isCount(e["seq_from"]) || !isCount(e["seq_to"]) || !isTime(e["time_from"]) || !isTime(e["time_to"])) return null;
  const { at, file, root, prev } = texts(e, "at", "file", "root", "prev");
  if (at === undefined || file === undefined || root === undefined || prev === undefined) return null;
  // Readers open what it names: a day file of this folder, nothing else.
  if (!isTime(at) || parsePart(file) === null) return null;
  // No commit is as long, and every record in it has bytes: neither memory nor numbers go by a forged count.
  if (e["length"] > MOST_BYTES || e["seq_to"] - e["seq_from"] >= e["length"]) return null;
  return {
    n: e["n"],
    at,
    file,
    offset: e["offset"],
    length: e["length"],
    seqFrom: e["seq_from"],
    seqTo: e["seq_to"],
    timeFrom: e["time_from"],
    timeTo: e["time_to"],
    root,
    prev,
    recovered: e["recovered"] === true,
  };
}

/** The genesis, or null when the line is none. */
export function parseGenesis(line: string): Genesis | null {
  const g = parseObject(line);
  if (g === null || g["n"] !== 0 || g["format"] !== 1) return null;
  const { at, collector_id, public_key, sig } = texts(g, "at", "collector_id", "public_key", "sig");
  if (at === undefined || collector_id === undefined || public_key === undefined || sig === undefined) return null;
  return { at, format: 1, collectorId: collector_id, publicKey: public_key, sig };
}

/** A checkpoint, or null when the line is none. */
export function parseCheckpoint(line: string): Checkpoint | null {
  const c = parseObject(line);
  if (c === null || !isCount(c["n"])) return null;
  const { at, hash, sig } = texts(c, "at", "hash", "sig");
  return at === undefined || hash === undefined || sig === undefined ? null : { n: c["n"], at, hash, sig };
}

/** The head, or null when the text is not exactly one. */
export function parseHead(text: string): Head | null {
  const h = parseObject(text);
  if (h === null || !isCount(h["n"]) || typeof h["hash"] !== "string") return null;
  const head = { n: h["n"], hash: h["hash"] };
  return encodeHead(head) === text ? head : null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isTime(value: unknown): value is string | null {
  return value === null || (typeof value === "string" && !Number.isNaN(Date.parse(value)));
}

function texts<K extends string>(object: Record<string, unknown>, ...keys: K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "string") found[key] = value;
  }
  return found;
}
