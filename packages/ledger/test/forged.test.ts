// What somebody puts into the folder to lead a reader, a sealer or an eraser astray.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { verifyLedger } from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { erasure, erasureOf, signFile, verifySeal } from "./sealing.ts";
import { record, temporaryLedger, verifySignature } from "./temporary-ledger.ts";
import { COMMITS, FIRST, HEAD, MARK } from "./two-days.ts";

const DAY_MS = 86_400_000;
const SEAL = "evidence/2026-11-21.seal";

async function aDay() {
  const clock = manualClock();
  const target = await temporaryLedger({ clock, signFile, erasureOf });
  const { ledger } = await target.open();
  for (let i = 1; i <= 3; i++) ledger.append(record(i));
  await ledger.commit();
  const { directory, headFile } = target.options;
  const verify = () => verifyLedger({ directory, headFile, name: "evidence", verifySignature, verifySeal, erasureOf });
  const change = async (from: string, to: string) => {
    const text = await readFile(target.path(FIRST), "utf8");
    await writeFile(target.path(FIRST), text.replace(from, to));
  };
  const nextDay = async () => {
    clock.advance(DAY_MS);
    ledger.append(record(ledger.nextSeq));
    await ledger.checkpoint();
  };
  return { ...target, clock, ledger, verify, change, nextDay };
}

test("a day that was changed before it was over is never sealed", async () => {
  const { ledger, verify, change, nextDay, path } = await aDay();
  await change("editor 2", "editor 9");
  await nextDay();
  await ledger.close();
  expect(existsSync(path(SEAL))).toBe(false);
  expect(await verify()).toMatchObject({ ok: false, fault: { file: "2026-11-21.jsonl" } });
});

test("nothing is erased in a day that is not as it was committed", async () => {
  const { ledger, change, path } = await aDay();
  await change("editor 2", "editor 9");
  await expect(ledger.erase(3, erasure(3))).rejects.toMatchObject({ code: "damaged" });
  expect(await readFile(path(FIRST), "utf8")).toContain("editor 3");
  await ledger.close();
});

test("a forged note of an erasure under way empties nothing and signs nothing", async () => {
  const { ledger, open, verify, change, nextDay, path } = await aDay();
  await nextDay();
  const { leaf } = await ledger.erase(2, erasure(2));
  await ledger.close();
  const seal = await readFile(path(SEAL), "utf8");
  await change("editor 1", "editor 9");
  for (const seq of [2, 3]) {
    await writeFile(path("state/head.erasing.json"), `${JSON.stringify({ seq, leaf, after: 0 })}\n`);
    await (await open()).ledger.close();
    expect(await readFile(path(FIRST), "utf8")).toContain("editor 3");
    expect(await readFile(path(SEAL), "utf8")).toBe(seal);
  }
  expect(await verify()).toMatchObject({ ok: false, fault: { file: "2026-11-21.jsonl" } });
});

const forgeries: [string, Record<string, unknown>][] = [
  ["a file elsewhere", { file: "../2026-11-21.jsonl" }],
  ["a name that no system takes", { file: "a\0b" }],
  ["more bytes than there are anywhere", { length: Number.MAX_SAFE_INTEGER }],
  ["more records than bytes", { seq_to: Number.MAX_SAFE_INTEGER }],
  ["no time", { at: "never" }],
];

test.each(forgeries)("a commit line that claims %s is no entry, for readers neither", async (_what, members) => {
  const { ledger, open, verify, lines, path } = await aDay();
  const known = await lines();
  ledger.append(record(4));
  await ledger.commit();
  await ledger.close();
  // Before anything signed covers it, with a head that agrees.
  await rm(path("evidence/checkpoints.jsonl"));
  await rm(path(MARK));
  const [genesis, first, last = ""] = (await readFile(path(COMMITS), "utf8")).split("\n");
  const forged = JSON.stringify({ ...JSON.parse(last), ...members });
  await writeFile(path(COMMITS), `${genesis}\n${first}\n${forged}\n`);
  const hash = createHash("sha256").update(forged).digest("hex");
  await writeFile(path(HEAD), `${JSON.stringify({ n: 2, hash })}\n`);
  expect(await verify()).toMatchObject({ ok: false, fault: { file: "commits.jsonl", record: 2 } });
  expect(await lines()).toEqual(known);
  const { ledger: again, recovery } = await open();
  expect(recovery.damage).toHaveLength(1);
  await again.close();
  expect(await verify()).toMatchObject({ ok: false });
});

test.each([COMMITS, FIRST, HEAD])("a folder in place of %s is a missing file", async (name) => {
  const { ledger, verify, path } = await aDay();
  await ledger.close();
  await rm(path(name));
  await mkdir(path(name));
  expect(await verify()).toMatchObject({ ok: false, fault: { reason: expect.stringMatching(/-missing$/) } });
});

test.each([COMMITS, FIRST, HEAD, "evidence/checkpoints.jsonl"])("%s with 3 GiB of nothing behind it", async (name) => {
  const { ledger, verify, path } = await aDay();
  await ledger.close();
  await truncate(path(name), 3 * 2 ** 30);
  expect(await verify()).toMatchObject({ ok: false, fault: { file: name.replace(/^\w+\//, "") } });
});
