import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { openLedger, readGenesis, readLines, verifyLedger } from "@mimolo/ledger";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../scripts/needs.ts";
import { verifyFile, verifyRaw } from "../src/index.ts";

/** Three days as version 0.4 left them: one sealed, erased in and packed, one recovered, erased in, sealed and erased in again, one open; an
 *  anchor. They are never written again: what verified once must verify for ever. */
const golden = fileURLToPath(new URL("./fixtures/erased-0.4/", import.meta.url));

async function copied(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "mimolo-golden-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await cp(golden, root, { recursive: true });
  return root;
}

function erasureOf(line: Uint8Array): { seq: number; leaf: string } | null {
  const record = JSON.parse(Buffer.from(line).toString());
  return record.kind === "erasure" ? record.data : null;
}

async function verify(root: string) {
  const anchor = JSON.parse(await readFile(join(golden, "evidence", "anchors.jsonl"), "utf8"));
  return await verifyLedger({
    directory: join(root, "evidence"),
    headFile: join(root, "state", "head.json"),
    name: "evidence",
    verifySignature: verifyRaw,
    verifySeal: (publicKey, bytes, signatureText) => verifyFile({ publicKey, bytes, signatureText }).ok,
    erasureOf,
    anchors: [anchor],
  });
}

const intact = {
  ok: true,
  erased: [2, 8, 9],
  days: [
    { ledger: "evidence", date: "2026-11-18", state: "anchored", records: 6 },
    { ledger: "evidence", date: "2026-11-19", state: "anchored", records: 9 },
    { ledger: "evidence", date: "2026-11-20", state: "open", records: 3 },
  ],
};

test("erased, packed, recovered and anchored days verify", async () => {
  expect(await verify(golden)).toEqual(intact);
});

test("they open, read and are left as they were", async () => {
  const root = await copied();
  const directory = join(root, "evidence");
  const genesis = await readGenesis(directory);
  const { ledger, recovery } = await openLedger({
    directory,
    headFile: join(root, "state", "head.json"),
    identity: { collectorId: genesis?.collectorId ?? "", publicKey: genesis?.publicKey ?? "" },
    sign: () => new Uint8Array(64),
    clock: { wallMs: () => Date.parse("2026-11-20T12:00:00Z"), ticksMs: () => 0, after: () => {} },
  });
  expect(recovery).toMatchObject({ clean: true, fresh: false });
  expect(ledger.nextSeq).toBe(19);
  await ledger.close();
  const seqs: number[] = [];
  for await (const { seq } of readLines(directory)) seqs.push(seq);
  expect(seqs).toEqual(Array.from({ length: 18 }, (_seq, index) => index + 1));
  for (const name of (await readdir(directory)).filter((one) => one.includes(".")))
    expect(await readFile(join(directory, name)), name).toEqual(await readFile(join(golden, "evidence", name)));
  expect(await verify(root)).toEqual(intact);
});

test.runIf(needs("minisign") && needs("sha256sum"))(
  "minisign and sha256sum accept their seals, old and new, and the packed day once it is unpacked",
  async () => {
    const cwd = join(await copied(), "evidence");
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
    for (const seal of ["2026-11-18.seal", "2026-11-18.seal.1", "2026-11-19.seal", "2026-11-19.seal.1"])
      expect(run("minisign", "-V", "-p", "collector.pub", "-m", seal)).toContain(
        "Signature and comment signature verified",
      );
    for (const name of ["2026-11-18.jsonl", "2026-11-18.2.jsonl"])
      await writeFile(join(cwd, name), gunzipSync(await readFile(join(cwd, `${name}.gz`))));
    expect(run("sha256sum", "--strict", "-c", "2026-11-18.seal")).toBe(
      "2026-11-18.jsonl: OK\n2026-11-18.2.jsonl: OK\n",
    );
    expect(run("sha256sum", "--strict", "-c", "2026-11-19.seal")).toBe("2026-11-19.jsonl: OK\n");
  },
);
