import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger, verifyLedger } from "@mimolo/ledger";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../scripts/needs.ts";
import { loadOrCreateKey, verifyFile, verifyRaw } from "../src/index.ts";

const DAY_MS = 86_400_000;

/** A ledger of two days, signed with a key of ours, the first day sealed. */
async function sealedLedger() {
  const root = await mkdtemp(join(tmpdir(), "mimolo-sealed-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const directory = join(root, "evidence");
  const key = loadOrCreateKey({
    secretFile: join(root, "trust", "collector.key"),
    publicFile: join(directory, "collector.pub"),
    comment: "mimolo collector",
  });
  let wallMs = Date.parse("2026-11-21T10:00:00Z");
  const options = { directory, headFile: join(root, "state", "head.json") };
  const { ledger } = await openLedger({
    ...options,
    identity: { collectorId: "c-1", publicKey: key.publicKey },
    sign: key.sign,
    signFile: key.signFile,
    clock: { wallMs: () => wallMs, ticksMs: () => wallMs, after: () => {} },
  });
  for (let day = 0; day < 2; day++) {
    ledger.append({ members: `"kind":"message"`, bodyKey: "message", body: `{"day":${day}}`, timeMs: wallMs });
    await ledger.checkpoint();
    wallMs += DAY_MS;
  }
  wallMs -= DAY_MS;
  await ledger.close();
  const verify = () =>
    verifyLedger({
      ...options,
      name: "evidence",
      verifySignature: verifyRaw,
      verifySeal: (publicKey, bytes, signatureText) => verifyFile({ publicKey, bytes, signatureText }).ok,
    });
  return { directory, verify };
}

test("a ledger signed with the collector's key verifies, its closed day as sealed", async () => {
  const { verify } = await sealedLedger();
  expect(await verify()).toEqual({
    ok: true,
    erased: [],
    days: [
      { ledger: "evidence", date: "2026-11-21", state: "sealed", records: 1 },
      { ledger: "evidence", date: "2026-11-22", state: "open", records: 1 },
    ],
  });
});

test.runIf(needs("minisign") && needs("sha256sum"))(
  "a stranger checks a sealed day with minisign and sha256sum alone",
  async () => {
    const { directory } = await sealedLedger();
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: directory, encoding: "utf8", stdio: "pipe" });
    expect(run("minisign", "-V", "-p", "collector.pub", "-m", "2026-11-21.seal")).toContain(
      "mimolo seal c-1 2026-11-21",
    );
    expect(run("sha256sum", "--strict", "-c", "2026-11-21.seal")).toBe("2026-11-21.jsonl: OK\n");
    await writeFile(join(directory, "2026-11-21.jsonl"), "{}\n");
    expect(() => run("sha256sum", "--strict", "-c", "2026-11-21.seal")).toThrow(/did NOT match/);
  },
);
