// docs/evidence.md lists what `verifyLedger` cannot find, and why. These are those cases: each passes for the original. One that
// is found one day is to leave both lists.
import { expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { type Generated, lived, verifyAll } from "./generated-ledger.ts";

const DAY_MS = 86_400_000;
const TODAY = "evidence/2026-11-22.jsonl";
const SEAL = "evidence/2026-11-21.seal";
const COMMITS = "evidence/commits.jsonl";
const CHECKPOINTS = "evidence/checkpoints.jsonl";
const MARK = "state/head.checkpoints.json";

type Files = ReadonlyMap<string, Buffer>;

/** A sealed day with an erased record, and an open one with another; killed before it signed the last commit. */
async function made(): Promise<Generated> {
  return await lived([
    { do: "commit", records: 3 },
    { do: "wait", ms: DAY_MS },
    { do: "commit", records: 2 },
    { do: "checkpoint" },
    { do: "erase", pick: 1 },
    { do: "erase", pick: 4 },
    { do: "checkpoint" },
    { do: "restart", killed: true },
    { do: "commit", records: 1 },
  ]);
}

const without =
  (...names: string[]) =>
  ({ files }: Generated): Files =>
    new Map([...files].filter(([name]) => !names.includes(name)));

const changed = (files: Files, name: string, how: (text: string) => string): Files =>
  new Map(files).set(name, Buffer.from(how(files.get(name)?.toString("latin1") ?? ""), "latin1"));

const withoutLast = (text: string) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);

const NOT_FINDABLE: readonly { what: string; why: string; tamper: (one: Generated) => Files }[] = [
  {
    what: "the whole folder and `state/` rolled back to an earlier moment, and no anchor after it",
    why: "an older truth is complete in itself; only a witness outside knows that there was more",
    tamper: ({ earlier }) => earlier.at(0) ?? new Map(),
  },
  {
    what: "what was committed after the last checkpoint cut off, with `head.json` set back to fit",
    why: "nothing signed covers it yet: at most a minute, or what a killed collector left unsigned",
    tamper: ({ earlier }) => earlier.at(-1) ?? new Map(),
  },
  {
    what: "a packed file beside the same day unpacked, whatever is in it",
    why: "the unpacked one is what counts; a crash while packing leaves both",
    tamper: ({ files }) => new Map(files).set("evidence/2026-11-21.jsonl.gz", gzipSync("nothing of that day")),
  },
  {
    what: "a record added behind the committed end that goes on with the count",
    why: "a killed collector leaves the same; the next start commits it, marked `recovered`",
    tamper: ({ files }) => {
      const next = [...(files.get(COMMITS)?.toString() ?? "").matchAll(/"seq_to":(\d+)/g)].at(-1)?.[1];
      const line = `{"seq":${Number(next) + 1},"kind":"x","salt":"${"B".repeat(22)}","data":{}}\n`;
      return changed(files, TODAY, (text) => text + line);
    },
  },
  {
    what: "checkpoints taken out together with `state/head.checkpoints.json`",
    why: "checkpoints are not chained to each other; their memory is what misses one",
    tamper: (one) => changed(without(MARK)(one), CHECKPOINTS, withoutLast),
  },
  {
    what: "a seal removed",
    why: "the day counts as open again and is sealed anew at the next start",
    tamper: without(SEAL, `${SEAL}.minisig`, `${SEAL}.1`, `${SEAL}.1.minisig`),
  },
  {
    what: "an old seal (`….seal.1`) removed",
    why: "the present seal says all that it said",
    tamper: without(`${SEAL}.1`, `${SEAL}.1.minisig`),
  },
  {
    what: "the untrusted comment in a `.minisig`, or the comment in `collector.pub`",
    why: "minisign signs neither",
    tamper: ({ files }) => changed(files, `${SEAL}.minisig`, (text) => `x${text}`),
  },
  {
    what: "what is left of an erased line (who, when) while its day is not sealed",
    why: "its leaf stands for the bytes that are gone; the seal of the day covers what stands there now",
    tamper: ({ files }) => changed(files, TODAY, (text) => text.replace('"label":"editor 5"', '"label":"editor 9"')),
  },
  {
    what: "files beside the ledger: `recovered/`, what a crash left of a renaming (`.new`), torn bytes of a next line",
    why: "nothing in them is committed",
    tamper: ({ files }) =>
      new Map(changed(files, COMMITS, (text) => `${text}{"n":`)).set(`${SEAL}.new`, gzipSync("anything")),
  },
];

test.each(NOT_FINDABLE)("not findable: $what", async ({ tamper, why }) => {
  const one = await made();
  expect((await verifyAll(one.files)).erased).toEqual([2, 5]);
  expect(why).not.toBe("");
  expect(await verifyAll(tamper(one))).toMatchObject({ ok: true });
});

test("an erased line's rest is covered once its day is sealed", async () => {
  const { files } = await made();
  const FIRST = "evidence/2026-11-21.jsonl";
  const touched = changed(files, FIRST, (text) => text.replace('"label":"editor 2"', '"label":"editor 9"'));
  expect((await verifyAll(touched)).fault).toMatchObject({ file: "2026-11-21.seal", reason: "seal-differs" });
});
