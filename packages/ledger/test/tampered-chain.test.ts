import { readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { verifyFiles } from "./files-in-memory.ts";
import { record } from "./temporary-ledger.ts";
import { CHECKPOINTS, COMMITS, HEAD, MARK, SECOND, twoDays } from "./two-days.ts";

test("a head that is gone, rolled back, from elsewhere or ahead is named", async () => {
  const files = await (await twoDays()).files();
  const commits = (files.get(COMMITS)?.toString() ?? "").split("\n");
  const head = (n: number, hash: string) => new Map(files).set(HEAD, Buffer.from(`{"n":${n},"hash":"${hash}"}\n`));
  const hash = JSON.parse(commits[5] ?? "").prev;
  expect((await verifyFiles(head(4, hash))).ok).toBe(true);
  expect((await verifyFiles(head(3, JSON.parse(commits[4] ?? "").prev))).fault).toMatchObject({
    file: "head.json",
    reason: "head-behind",
  });
  expect((await verifyFiles(head(4, "0".repeat(64)))).fault).toMatchObject({
    file: "head.json",
    reason: "head-changed",
  });
  expect((await verifyFiles(head(6, hash))).fault).toMatchObject({
    file: "commits.jsonl",
    reason: "tail-cut",
    record: 6,
  });
  const none = new Map(files);
  none.delete(HEAD);
  expect((await verifyFiles(none)).fault).toMatchObject({ file: "head.json", reason: "head-missing" });
});

test("a last line that its signature confirms clears the chain: then it is the head that was changed", async () => {
  const files = await (await twoDays()).files();
  const changed = (name: string, at: number) => {
    const bytes = Buffer.from(files.get(name) ?? Buffer.alloc(0));
    const place = bytes.length - at;
    bytes[place] = bytes[place] === 0x61 ? 0x62 : 0x61;
    return verifyFiles(new Map(files).set(name, bytes));
  };
  expect((await changed(HEAD, 10)).fault).toMatchObject({ file: "head.json", reason: "head-changed" });
  const lastLine = files.get(COMMITS)?.lastIndexOf("\n", (files.get(COMMITS)?.length ?? 0) - 2) ?? 0;
  expect((await changed(COMMITS, 100)).fault).toEqual({
    file: "commits.jsonl",
    offset: lastLine + 1,
    record: 5,
    reason: "commit-changed",
  });
});

test("checkpoints are remembered as far as they were signed, and damage to them stays in sight", async () => {
  const target = await twoDays();
  const { ledger, recovery } = await target.open();
  expect(recovery.clean).toBe(true);
  ledger.append(record(ledger.nextSeq));
  await ledger.close();
  expect(await target.verify()).toMatchObject({ ok: true });

  const lines = (await readFile(target.path(CHECKPOINTS), "utf8")).split("\n");
  await writeFile(target.path(CHECKPOINTS), lines.toSpliced(0, 1).join("\n"));
  expect((await target.verify()).fault).toMatchObject({ file: "checkpoints.jsonl", reason: "tail-cut" });
  const again = await target.open();
  expect(again.recovery.damage).toEqual([expect.stringContaining("checkpoints.jsonl is not what")]);
  again.ledger.append(record(again.ledger.nextSeq));
  await again.ledger.close();
  expect((await target.verify()).fault).toMatchObject({ file: "checkpoints.jsonl", reason: "checkpoints-changed" });
});

test("a folder without its memory of checkpoints, or one step behind it, is sound", async () => {
  const target = await twoDays();
  const before = await readFile(target.path(MARK));
  const { ledger } = await target.open();
  ledger.append(record(ledger.nextSeq));
  await ledger.close();
  await writeFile(target.path(MARK), before);
  expect(await target.verify()).toMatchObject({ ok: true });
  await rm(target.path(MARK));
  expect(await target.verify()).toMatchObject({ ok: true });
});

test("a chain rewritten whole, head included, still meets its checkpoint", async () => {
  const [one, other] = [await twoDays(), await twoDays()];
  const [mine, theirs] = [await one.files(), await other.files()];
  const rewritten = new Map(theirs).set(CHECKPOINTS, mine.get(CHECKPOINTS) ?? Buffer.alloc(0));
  expect((await verifyFiles(rewritten)).fault).toMatchObject({
    file: "commits.jsonl",
    offset: (theirs.get(COMMITS)?.indexOf("\n") ?? 0) + 1,
    record: 1,
    reason: "checkpoint-differs",
  });
});

test("a ledger rolled back to before its last checkpoint is found, records, chain and head together", async () => {
  const files = await (await twoDays()).files();
  const commits = (files.get(COMMITS)?.toString() ?? "").split("\n").slice(0, -1);
  for (let kept = 2; kept < commits.length; kept++) {
    const last = JSON.parse(commits[kept - 1] ?? "");
    const back = new Map(files);
    back.set(
      COMMITS,
      Buffer.from(
        commits
          .slice(0, kept)
          .map((line) => `${line}\n`)
          .join(""),
      ),
    );
    back.set(HEAD, Buffer.from(`{"n":${kept - 1},"hash":"${JSON.parse(commits[kept] ?? "").prev}"}\n`));
    back.set(
      `evidence/${last.file}`,
      (files.get(`evidence/${last.file}`) ?? Buffer.alloc(0)).subarray(0, last.offset + last.length),
    );
    if (last.file === "2026-11-21.jsonl") back.delete(SECOND);
    expect((await verifyFiles(back)).fault).toMatchObject({ file: "commits.jsonl", record: kept, reason: "tail-cut" });
  }
});

test("where no ledger was begun there is nothing to find; where one was removed there is", async () => {
  const files = await (await twoDays()).files();
  expect(await verifyFiles(new Map())).toEqual({ ok: true, days: [], erased: [] });
  for (const left of files.keys()) {
    const { ok } = await verifyFiles(new Map([...files].filter(([name]) => name === left)));
    expect(ok, `only ${left} is left`).toBe(false);
  }
  const emptied = [...files].filter(([name]) => !name.startsWith("evidence/"));
  expect((await verifyFiles(new Map(emptied))).fault).toMatchObject({
    file: "commits.jsonl",
    reason: "genesis-missing",
  });
});

test("a key file that is not the ledger's own is named", async () => {
  const files = await (await twoDays()).files();
  const withKey = (text: string) => verifyFiles(new Map(files).set("evidence/collector.pub", Buffer.from(text)));
  const key = JSON.parse(files.get(COMMITS)?.toString().split("\n")[0] ?? "").public_key;
  expect((await withKey(`untrusted comment: x\n${key}\n`)).ok).toBe(true);
  expect((await withKey(`untrusted comment: x\nRWQother\n`)).fault).toMatchObject({
    file: "collector.pub",
    reason: "key-differs",
  });
});
