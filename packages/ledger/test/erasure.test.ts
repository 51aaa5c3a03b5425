import { readdir, readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { verifyLedger } from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { erasure, erasureOf, signFile, verifySeal } from "./sealing.ts";
import { record, temporaryLedger, verifySignature } from "./temporary-ledger.ts";

const DAY_MS = 86_400_000;
const FIRST = "evidence/2026-11-21.jsonl";

/** A sealed day of five records in two commits, and a day that goes on. */
async function twoDays() {
  const clock = manualClock();
  const target = await temporaryLedger({ clock, signFile, erasureOf });
  const { ledger } = await target.open();
  for (const count of [3, 2]) {
    for (let i = 0; i < count; i++) ledger.append(record(ledger.nextSeq));
    await ledger.commit();
  }
  clock.advance(DAY_MS);
  ledger.append(record(6));
  await ledger.checkpoint();
  const { directory, headFile } = target.options;
  const verify = () => verifyLedger({ directory, headFile, name: "evidence", verifySignature, verifySeal, erasureOf });
  return { ...target, clock, ledger, verify, directory };
}

test("an erased record keeps its place, its length and its leaf, and says nothing any more", async () => {
  const { ledger, verify, lines } = await twoDays();
  ledger.append(record(7));
  const before = await lines();
  const erased = await ledger.erase(7, erasure(7));
  expect(erased).toMatchObject({ seq: 7, recordSeq: 8, leaf: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const after = await lines();
  expect(after.slice(0, 6)).toEqual(before);
  expect(after[6]).toMatch(/^\{"seq":7,"kind":"message",.*"salt":"A{22}","message":\{\} +\}$/);
  expect(after[6]).not.toContain('"n":7');
  expect(await verify()).toMatchObject({ ok: true, erased: [7] });
  await expect(ledger.erase(7, erasure(7))).rejects.toMatchObject({ code: "already-erased" });
  await expect(ledger.erase(8, erasure(8))).rejects.toMatchObject({ code: "not-erasable" });
  await expect(ledger.erase(70, erasure(70))).rejects.toMatchObject({ code: "no-such-record" });
  await ledger.close();
  expect(await verify()).toMatchObject({ ok: true, erased: [7] });
});

test("a sealed day gets a new seal that names what was erased, and the old one stays", async () => {
  const { ledger, verify, path, directory } = await twoDays();
  const old = await readFile(path("evidence/2026-11-21.seal"), "utf8");
  await ledger.erase(2, erasure(2));
  await ledger.erase(5, erasure(5));
  expect(await readFile(path("evidence/2026-11-21.seal.1"), "utf8")).toBe(old);
  expect(await readFile(path("evidence/2026-11-21.seal.2"), "utf8")).toContain("# erased 2\n");
  const seal = await readFile(path("evidence/2026-11-21.seal"), "utf8");
  expect(seal).toContain("# erased 2\n# erased 5\n");
  expect(await readdir(directory)).toContain("2026-11-21.seal.2.minisig");
  const days = [{ state: "sealed", records: 5 }, { state: "open" }];
  expect(await verify()).toMatchObject({ ok: true, erased: [2, 5], days });
  await ledger.close();
  const text = await readFile(path(FIRST), "latin1");
  await writeFile(path(FIRST), text.replace('"label":"editor 2"', '"label":"editor 9"'), "latin1");
  expect(await verify()).toMatchObject({ ok: false, fault: { file: "2026-11-21.seal", reason: "seal-differs" } });
});

test("a line emptied without a record that says so is a changed line", async () => {
  const { ledger, verify, path } = await twoDays();
  await ledger.close();
  const text = await readFile(path(FIRST), "latin1");
  const [, second = ""] = text.split("\n");
  const blank = second
    .replace(/"salt":"[^"]*"/, `"salt":"${"A".repeat(22)}"`)
    .replace(/"message":(.*)\}$/, (_, body: string) => `"message":{}${" ".repeat(body.length - 2)}}`);
  await writeFile(path(FIRST), text.replace(second, blank), "latin1");
  expect((await verify()).fault).toMatchObject({ file: "2026-11-21.jsonl", record: 2, reason: "line-changed" });
});

test("packed days read, verify, seal and erase as before", async () => {
  const { ledger, verify, lines, path, directory, open, clock } = await twoDays();
  const [before, plain] = [await lines(), await readFile(path(FIRST))];
  expect(await ledger.pack({ before: "2026-11-21" })).toEqual({ packed: [], skipped: [] });
  expect(await ledger.pack({ before: "2026-11-22" })).toMatchObject({
    packed: [{ file: "2026-11-21.jsonl", bytes: plain.length }],
  });
  expect(await readdir(directory)).not.toContain("2026-11-21.jsonl");
  expect(gunzipSync(await readFile(path(`${FIRST}.gz`)))).toEqual(plain);
  expect(await lines()).toEqual(before);
  expect(await verify()).toMatchObject({ ok: true, days: [{ state: "sealed", records: 5 }, { state: "open" }] });
  await ledger.erase(4, erasure(4));
  expect(await verify()).toMatchObject({ ok: true, erased: [4], days: [{ state: "sealed" }, { state: "open" }] });
  expect((await lines())[3]).toContain('"message":{} ');
  await ledger.close();
  clock.advance(1000);
  const again = await open();
  expect(again.recovery).toMatchObject({ clean: true, damage: [] });
  await again.ledger.close();
  expect(await verify()).toMatchObject({ ok: true, erased: [4] });
});

test("a day up to an anchor is anchored; a chain without that head was rewritten", async () => {
  const { ledger, path, directory, options } = await twoDays();
  const head = ledger.head;
  ledger.append(record(7));
  await ledger.close();
  const verify = (anchors: { n: number; hash: string }[]) =>
    verifyLedger({ directory, headFile: options.headFile, name: "evidence", verifySignature, verifySeal, anchors });
  expect((await verify([head])).days.map(({ state }) => state)).toEqual(["anchored", "open"]);
  expect((await verify([ledger.head])).days.map(({ state }) => state)).toEqual(["anchored", "anchored"]);
  const other = { n: head.n, hash: "0".repeat(64) };
  expect((await verify([other])).fault).toMatchObject({ file: "commits.jsonl", record: 3, reason: "anchor-differs" });
  const later = { n: 9, hash: head.hash };
  expect((await verify([later])).fault).toMatchObject({ file: "commits.jsonl", record: 5, reason: "tail-cut" });
  expect(await readdir(path("evidence"))).toContain("2026-11-21.seal");
});
