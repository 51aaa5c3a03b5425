import { tmpdir } from "node:os";
import { expect, test, vi } from "vitest";
import { main } from "../../src/main.ts";
import { verbs } from "../../src/verbs/verbs.ts";
import { captured } from "../captured.ts";
import { elsewhere, type Row, table } from "../verbs/table.ts";
import { type Ended, type World, world } from "../verbs/world.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

test("every verb does the same with the collector running and stopped, or says what to do", async () => {
  const [stopped, running] = await Promise.all([world(false), world(true)]);
  const found: unknown[] = [];
  const wanted: unknown[] = [];
  for (const row of table) {
    const [without, within] = await Promise.all([stopped.mimolo(...row.words), running.mimolo(...row.words)]);
    const line = row.words.join(" ");
    found.push({ line, stopped: told(without, stopped, row), running: told(within, running, row) });
    wanted.push({ line, ...expected(row, told(without, stopped, row)) });
  }
  expect(found).toEqual(wanted);
  const again = await running.mimolo("run");
  expect([again.exit, JSON.parse(again.out)]).toMatchObject([0, { already_running: true, pid: process.pid }]);
});

test("the table leaves out no verb and no action", async () => {
  const tried = new Set(
    table.map(({ words: [verb = "", action = ""] }) => (hasActions(verb) ? `${verb} ${action}` : verb)),
  );
  const all: string[] = [];
  for (const { name } of verbs.filter((verb) => !elsewhere.includes(verb.name))) {
    if (!hasActions(name)) all.push(name);
    else {
      // Who names an action that is none is told which there are.
      const { surroundings, err } = captured({ cwd: tmpdir() });
      await main([name, "none", "none"], surroundings);
      const list = /(?:Try one of|Allowed choices are):? (.*?)\.?$/m.exec(err())?.[1] ?? "";
      all.push(...list.split(", ").map((action) => `${name} ${action}`));
    }
  }
  expect([...tried].toSorted()).toEqual(all.toSorted());
});

const hasActions = (verb: string): boolean => ["agent", "artifacts", "plugin", "key", "rules"].includes(verb);

/** What is expected of a verb, where `without` is what it says without a collector. */
function expected(row: Row, without: Told): { stopped: Told; running: Told } {
  if (row.stopped === 3) {
    const code = "collector-not-reachable";
    const stopped = {
      exit: 3,
      said: { code, hint: "Start one with `mimolo run`, or name the folder of a running one with --data-dir." },
    };
    return { stopped, running: { exit: row.running } };
  }
  return { stopped: { ...without, exit: row.stopped }, running: { ...without, exit: row.running } };
}

interface Told {
  readonly exit: number;
  readonly said?: unknown;
}

/** An answer without what differs between any two folders and moments, and without what the row lets differ. */
function told({ exit, out, error }: Ended, { root }: World, row: Row): Told {
  if (exit === 3) return { exit, said: { code: error?.code, hint: error?.hint } };
  if (row.differs === null) return { exit };
  const left = new Set(row.differs);
  const masked = (value: unknown) =>
    MASKS.reduce(
      (text, [pattern, word]) => text.replaceAll(pattern, word),
      JSON.stringify(value, (key, inner: unknown) => (left.has(key) ? undefined : inner)).replaceAll(root, "ROOT"),
    );
  const lines = out.split("\n").filter((line) => line !== "");
  return { exit, said: error === null ? lines.map((line) => masked(JSON.parse(line))) : masked(error) };
}

const MASKS: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME"],
  [/\b[0-9a-f]{64}\b/g, "DIGEST"],
  [/-[0-9a-f]{16}\b/g, "-DIGEST"],
  [/\b[0-9A-F]{16}\b/g, "KEY"],
  [/\bRW[\w+/]{54}/g, "PUBLIC"],
];
