import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLedger, readGenesis, readLines, verifyLedger } from "@mimolo/ledger";
import { expect, onTestFinished, test } from "vitest";
import { verifyFile, verifyRaw } from "../src/index.ts";

/** Ledgers as earlier versions left them, a step back, a recovered commit and a sealed day included. They are never written
 *  again: what verified once must verify for ever. */
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
const goldens = (await readdir(fixtures)).filter((name) => name.startsWith("golden-"));

const verify = (root: string) =>
  verifyLedger({
    directory: join(root, "evidence"),
    headFile: join(root, "state", "head"),
    name: "evidence",
    verifySignature: verifyRaw,
    verifySeal: (publicKey, bytes, signatureText) => verifyFile({ publicKey, bytes, signatureText }).ok,
  });

test.each(goldens)("%s verifies", async (name) => {
  expect(await verify(join(fixtures, name))).toEqual({
    ok: true,
    erased: [],
    days: [
      { ledger: "evidence", date: "2026-11-21", state: "sealed", records: 8 },
      { ledger: "evidence", date: "2026-11-22", state: "open", records: 2 },
    ],
  });
});

test.each(goldens)("%s opens, reads and is left as it was", async (name) => {
  const root = await mkdtemp(join(tmpdir(), "mimolo-golden-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await cp(join(fixtures, name), root, { recursive: true });
  const directory = join(root, "evidence");
  const genesis = await readGenesis(directory);
  const { ledger, recovery } = await openLedger({
    directory,
    headFile: join(root, "state", "head"),
    identity: { collectorId: genesis?.collectorId ?? "", publicKey: genesis?.publicKey ?? "" },
    sign: () => new Uint8Array(64),
    clock: { wallMs: () => Date.parse("2026-11-23T00:00:00Z"), ticksMs: () => 0, after: () => {} },
  });
  expect(recovery).toMatchObject({ clean: true, fresh: false });
  expect(ledger.nextSeq).toBe(11);
  await ledger.close();
  const seqs: number[] = [];
  for await (const { seq } of readLines(directory)) seqs.push(seq);
  expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const before = await readFile(join(fixtures, name, "evidence", "commits.jsonl"));
  expect(await readFile(join(directory, "commits.jsonl"))).toEqual(before);
  expect((await verify(root)).ok).toBe(true);
});
