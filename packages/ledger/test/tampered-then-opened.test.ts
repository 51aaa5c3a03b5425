// Going on over a tampered ledger must not hide what was done to it: whatever `verifyLedger` named before the next open, it
// names something after it, or the files are whole again.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ledgerIn, record, temporaryLedger } from "./temporary-ledger.ts";

const COMMITS = "evidence/commits.jsonl";
const CHECKPOINTS = "evidence/checkpoints.jsonl";
const DAY = "evidence/2026-11-21.jsonl";
const HEAD = "state/head.json";

/** One commit under a checkpoint, three behind it, and then the process was killed. */
async function killed() {
  const target = await temporaryLedger();
  const { ledger } = await target.open();
  for (let i = 1; i <= 4; i++) {
    ledger.append(record(i));
    await ledger.commit();
    if (i === 1) await ledger.checkpoint();
  }
  const root = await mkdtemp(join(tmpdir(), "mimolo-killed-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await cp(target.root, root, { recursive: true });
  await ledger.close();
  return ledgerIn(root);
}

const withoutLast = (text: string) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);

async function openAndClose(target: Awaited<ReturnType<typeof killed>>) {
  const { ledger, recovery } = await target.open();
  ledger.append(record(ledger.nextSeq));
  ledger.append(record(ledger.nextSeq));
  await ledger.close();
  return recovery;
}

test("a killed ledger that nobody touched goes on without a word", async () => {
  const target = await killed();
  expect((await openAndClose(target)).clean).toBe(true);
  expect(await target.verify()).toMatchObject({ ok: true });
});

const cuts: [string, (target: Awaited<ReturnType<typeof killed>>) => Promise<void>, object][] = [
  [
    "a tail cut that no checkpoint covers, records and chain together",
    async ({ path }) => {
      for (const name of [COMMITS, DAY]) await writeFile(path(name), withoutLast(await readFile(path(name), "utf8")));
    },
    { file: "commits.jsonl", record: 4, reason: "tail-cut" },
  ],
  [
    "a cut chain whose records are still there",
    async ({ path }) => writeFile(path(COMMITS), withoutLast(await readFile(path(COMMITS), "utf8"))),
    { file: "commits.jsonl", record: 4, reason: "tail-cut" },
  ],
  [
    "a last commit line that was changed",
    async ({ path }) =>
      writeFile(path(COMMITS), (await readFile(path(COMMITS), "utf8")).replace(/"at":"2(?=[^\n]*\n$)/, '"at":"1')),
    { file: "commits.jsonl", record: 4, reason: "head-differs" },
  ],
  ["a head that is gone", async ({ path }) => rm(path(HEAD)), { file: "head.json", reason: "head-missing" }],
  [
    "a head that is no head",
    async ({ path }) => writeFile(path(HEAD), "{}\n"),
    { file: "head.json", reason: "head-changed" },
  ],
  [
    "a head through which the chain does not run",
    async ({ path }) => writeFile(path(HEAD), `{"n":3,"hash":"${"0".repeat(64)}"}\n`),
    { file: "head.json", record: 3, reason: "head-changed" },
  ],
];

test.each(cuts)("%s is still named after the ledger went on", async (_what, tamper, fault) => {
  const target = await killed();
  await tamper(target);
  expect((await target.verify()).ok).toBe(false);
  for (let opened = 0; opened < 2; opened++) {
    const { damage } = await openAndClose(target);
    expect(damage).toHaveLength(opened === 0 ? 1 : 0);
    expect(await target.verify()).toMatchObject({ ok: false, fault });
  }
});

test("a ledger that is gone while its head remembers it is begun anew, and the loss is named", async () => {
  const target = await killed();
  await rm(target.path("evidence"), { recursive: true });
  await rm(target.path("state/head.checkpoints.json"));
  const { recovery, ledger } = await target.open();
  expect(recovery).toMatchObject({ fresh: true, clean: false });
  await ledger.close();
  expect((await target.verify()).fault).toMatchObject({ file: "commits.jsonl", record: 0, reason: "genesis-missing" });
});

test("not findable: the notes of damage removed, since whoever can do that could have put the head back", async () => {
  const target = await killed();
  await rm(target.path(HEAD));
  await openAndClose(target);
  await rm(target.path("evidence/damage.jsonl"));
  expect(await target.verify()).toMatchObject({ ok: true });
});

test("a note of damage that was changed is named too; a torn one is none", async () => {
  const target = await killed();
  await rm(target.path(HEAD));
  await openAndClose(target);
  const notes = await readFile(target.path("evidence/damage.jsonl"), "utf8");
  await writeFile(target.path("evidence/damage.jsonl"), notes.replace("head-missing", "head-changed"));
  expect((await target.verify()).fault).toMatchObject({ file: "damage.jsonl", reason: "damage-invalid" });
  await writeFile(target.path("evidence/damage.jsonl"), notes.slice(0, 40));
  expect(await target.verify()).toMatchObject({ ok: true });
  expect(await readFile(target.path(CHECKPOINTS), "utf8")).not.toBe("");
});
