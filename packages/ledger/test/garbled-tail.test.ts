import { rm, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { record, temporaryLedger } from "./temporary-ledger.ts";

const DAY = "evidence/2026-11-21.jsonl";
const COMMITS = "evidence/commits.jsonl";
const text = (bytes: Buffer | undefined) => bytes?.toString() ?? "";

/** Two commits; the second line was on its way to the disk when the power went, and the head does not know of it. */
async function cutWhileSyncing(garbage: string) {
  const target = await temporaryLedger();
  const { ledger } = await target.open();
  ledger.append(record(1));
  await ledger.commit();
  await ledger.checkpoint();
  const earlier = await target.files();
  ledger.append(record(2));
  await ledger.close();
  const lines = await target.lines();
  for (const [name, bytes] of await target.files()) {
    const before = name === DAY ? bytes : earlier.get(name);
    if (before === undefined) await rm(target.path(name));
    else await writeFile(target.path(name), name === COMMITS ? before.toString() + garbage : before);
  }
  return { target, lines };
}

test("garbage in place of the commit line that was being synced moves aside, line ends in it or not", async () => {
  for (const garbage of ["\0\0\0\0", "\u0007junk\n", '{"n":2,"at":\u0001\n\n\u0002more\nand no end']) {
    const { target, lines } = await cutWhileSyncing(garbage);
    const { ledger, recovery } = await target.open();
    expect(recovery.damage).toEqual([]);
    expect(recovery.moved.map(({ file }) => file)).toEqual(["commits.jsonl"]);
    expect(recovery.recovered).toEqual([{ file: "2026-11-21.jsonl", records: 1 }]);
    await ledger.close();
    expect(await target.lines()).toEqual(lines);
    expect((await target.verify()).ok).toBe(true);
  }
});

test("garbage that the chain goes on behind is no torn write, and stays to be found", async () => {
  const damaged = await temporaryLedger();
  const { ledger } = await damaged.open();
  for (let n = 1; n <= 3; n++) {
    ledger.append(record(n));
    await ledger.commit();
  }
  await ledger.close();
  const files = await damaged.files();
  const lines = text(files.get(COMMITS)).split("\n");
  await writeFile(damaged.path(COMMITS), [lines[0], "junk", ...lines.slice(2)].join("\n"));
  const again = await damaged.open();
  expect(again.recovery.damage.join()).toContain("line 1 of commits.jsonl is no entry");
  await again.ledger.close();
  expect((await damaged.verify()).ok).toBe(false);
});
