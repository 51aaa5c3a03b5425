import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MerkleTree, leafOf } from "../src/merkle.ts";
import { manualClock } from "./clocks.ts";
import { record, temporaryLedger, verifySignature } from "./temporary-ledger.ts";

/** RFC 6962, 2.1, word for word and without our code. */
function merkleTreeHash(lines: readonly Buffer[]): Buffer {
  const sha256 = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  const [only] = lines;
  if (only === undefined) return sha256();
  if (lines.length === 1) return sha256(Buffer.of(0), only);
  let half = 1;
  while (half * 2 < lines.length) half *= 2;
  return sha256(Buffer.of(1), merkleTreeHash(lines.slice(0, half)), merkleTreeHash(lines.slice(half)));
}

test("roots are RFC 6962's for any number of lines", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 70 }), (lines) => {
      const tree = new MerkleTree();
      for (const line of lines) tree.add(leafOf(Buffer.concat([Buffer.of(0), line])));
      expect(tree.root()).toBe(merkleTreeHash(lines.map((line) => Buffer.from(line))).toString("hex"));
    }),
    { numRuns: 100 },
  );
});

test("a stranger with a JSON parser, SHA-256 and Ed25519 comes to the same result", async () => {
  const clock = manualClock();
  const { open, path } = await temporaryLedger({ clock });
  const { ledger } = await open();
  for (const count of [1, 2, 3, 5, 8, 13]) {
    for (let i = 0; i < count; i++) ledger.append(record(ledger.nextSeq));
    await ledger.commit();
    clock.advance(40_000);
  }
  await ledger.close();

  const text = (name: string) => readFile(path(name), "utf8");
  const hex = (line: string) => createHash("sha256").update(line).digest("hex");
  const [genesisLine = "", ...entries] = (await text("evidence/commits.jsonl")).trimEnd().split("\n");
  const genesis = JSON.parse(genesisLine);
  expect(Object.keys(genesis)).toEqual(["n", "at", "format", "collector_id", "public_key", "sig"]);
  const signed = Buffer.from(`mimolo genesis 1\n${genesis.collector_id}\n${genesis.public_key}\n`);
  expect(verifySignature("", signed, Buffer.from(genesis.sig, "base64"))).toBe(true);

  const hashes = [hex(genesisLine)];
  let [seq, times] = [0, 0];
  for (const [index, line] of entries.entries()) {
    const entry = JSON.parse(line);
    expect(Object.keys(entry).join()).toBe("n,at,file,offset,length,seq_from,seq_to,time_from,time_to,root,prev");
    expect(entry.n).toBe(index + 1);
    expect(entry.prev).toBe(hashes.at(-1));
    const block = (await readFile(path(`evidence/${entry.file}`))).subarray(entry.offset, entry.offset + entry.length);
    expect(block.at(-1)).toBe(10);
    const lines = block
      .toString("latin1")
      .slice(0, -1)
      .split("\n")
      .map((one) => Buffer.from(one, "latin1"));
    expect(merkleTreeHash(lines).toString("hex")).toBe(entry.root);
    for (const one of lines) {
      const parsed = JSON.parse(one.toString());
      expect(parsed.seq).toBe(++seq);
      times +=
        Date.parse(entry.time_from) <= Date.parse(parsed.received_at) &&
        Date.parse(parsed.received_at) <= Date.parse(entry.time_to)
          ? 1
          : 0;
    }
    expect(entry.seq_to).toBe(seq);
    hashes.push(hex(line));
  }
  expect(times).toBe(32);
  expect(JSON.parse(await text("state/head.json"))).toEqual({ n: entries.length, hash: hashes.at(-1) });
  const checkpoints = (await text("evidence/checkpoints.jsonl"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(checkpoints.length).toBeGreaterThan(2);
  for (const { n, hash, sig } of checkpoints) {
    expect(hash).toBe(hashes[n]);
    expect(
      verifySignature("", Buffer.from(`mimolo checkpoint 1\nc-1\n${n}\n${hash}\n`), Buffer.from(sig, "base64")),
    ).toBe(true);
  }
});
