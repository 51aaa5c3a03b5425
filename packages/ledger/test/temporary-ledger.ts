import { generateKeyPairSync, sign, verify } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type NewRecord,
  type OpenLedgerOptions,
  openLedger,
  readLines,
  type Verification,
  verifyLedger,
} from "../src/index.ts";
import { manualClock } from "./clocks.ts";

const key = generateKeyPairSync("ed25519");
/** In these tests the public key is the key's DER; what it looks like is the caller's business. */
export const publicKey = key.publicKey.export({ format: "der", type: "spki" }).toString("base64");

export const signWith = (message: Uint8Array) => sign(null, message, key.privateKey);
const checked = new Map<string, boolean>();

/** Remembers its answers: tests verify the same few signatures thousands of times. */
export function verifySignature(_key: string, message: Uint8Array, signature: Uint8Array): boolean {
  const name = Buffer.concat([signature, message]).toString("latin1");
  const answer = checked.get(name) ?? verify(null, message, key.publicKey, signature);
  checked.set(name, answer);
  return answer;
}

export interface TemporaryLedger {
  readonly root: string;
  readonly options: OpenLedgerOptions;
  readonly open: (more?: Partial<OpenLedgerOptions>) => ReturnType<typeof openLedger>;
  readonly verify: (date?: string) => Promise<Verification>;
  /** Every committed line as text. */
  readonly lines: () => Promise<string[]>;
  /** All files by path inside the folder, recovered ones left out. */
  readonly files: () => Promise<Map<string, Buffer>>;
  readonly path: (name: string) => string;
}

/** A ledger in a folder of its own that goes away with the test. */
export async function temporaryLedger(more: Partial<OpenLedgerOptions> = {}): Promise<TemporaryLedger> {
  const root = await mkdtemp(join(tmpdir(), "mimolo-ledger-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return ledgerIn(root, more);
}

/** The same for a folder that is there already. */
export function ledgerIn(root: string, more: Partial<OpenLedgerOptions> = {}): TemporaryLedger {
  const options: OpenLedgerOptions = {
    directory: join(root, "evidence"),
    headFile: join(root, "state", "head.json"),
    identity: { collectorId: "c-1", publicKey },
    clock: manualClock(),
    sign: signWith,
    ...more,
  };
  const { directory, headFile } = options;
  return {
    root,
    options,
    open: (extra = {}) => openLedger({ ...options, ...extra }),
    verify: (date) =>
      verifyLedger({ directory, headFile, name: "evidence", verifySignature, ...(date === undefined ? {} : { date }) }),
    async lines() {
      const lines: string[] = [];
      for await (const { line } of readLines(directory)) lines.push(Buffer.from(line).toString());
      return lines;
    },
    async files() {
      const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      const paths = names
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.includes("recovered"));
      return new Map(
        await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), await readFile(path)] as const)),
      );
    },
    path: (name) => join(root, name),
  };
}

/** A record with a body of its own. */
export function record(i: number, more: Partial<NewRecord> = {}) {
  const at = new Date(Date.parse("2026-11-21T10:00:00Z") + i * 1000).toISOString();
  return {
    members: `"kind":"message","received_at":"${at}","label":"editor ${i}"`,
    bodyKey: "message" as const,
    body: `{"n":${i},"note":"${"wörk ".repeat(i % 4)}"}`,
    timeMs: Date.parse(at),
    ...more,
  };
}
