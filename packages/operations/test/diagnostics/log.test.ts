import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import type { LogLine } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { entry, theCollector } from "../../src/diagnostics/entry.ts";
import { DiagnosticsLog } from "../../src/diagnostics/log.ts";
import { readDiagnostics } from "../../src/diagnostics/read.ts";

const DAY_MS = 86_400_000;
let directory = "";
let clock: ManualClock;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mimolo-diagnostics-"));
  clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 12) });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function logOf(more: { retentionDays?: number; maxMib?: number; enabled?: boolean } = {}) {
  const heard: LogLine[] = [];
  const { retentionDays = 14, maxMib = 256, enabled = true } = more;
  const log = new DiagnosticsLog({
    directory,
    clock,
    enabled,
    retentionDays,
    maxMib,
    heard: (line) => heard.push(line),
  });
  const say = (message: string) => log.write(entry(theCollector, clock.wallMs(), { type: "collector", message }));
  return { log, say, heard };
}

async function messages(label?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const line of readDiagnostics(directory, { label })) found.push(line.message);
  return found;
}

test("what was said is read again, in order, from an owner-only file of its UTC day", async () => {
  const { log, say, heard } = logOf();
  say("one");
  say("two");
  await log.close();
  expect(await messages()).toEqual(["one", "two"]);
  expect(heard).toHaveLength(2);
  expect(readdirSync(directory)).toEqual(["2026-11-21.jsonl"]);
  if (process.platform !== "win32") expect(statSync(join(directory, "2026-11-21.jsonl")).mode & 0o077).toBe(0);
});

test("a new day gets a new file, and what is older than the retention goes", async () => {
  writeFileSync(join(directory, "2026-11-06.jsonl"), "{}\n");
  writeFileSync(join(directory, "2026-11-07.jsonl"), "{}\n");
  writeFileSync(join(directory, "notes.txt"), "mine\n");
  const { log, say } = logOf();
  say("today");
  await log.flush();
  expect(readdirSync(directory).toSorted()).toEqual(["2026-11-07.jsonl", "2026-11-21.jsonl", "notes.txt"]);
  clock.advance(DAY_MS);
  say("tomorrow");
  await log.close();
  expect(readdirSync(directory).toSorted()).toEqual(["2026-11-21.jsonl", "2026-11-22.jsonl", "notes.txt"]);
});

test("a folder over its size loses its oldest files first, never today's", async () => {
  const half = "x".repeat(700_000);
  for (const day of ["18", "19", "20"]) writeFileSync(join(directory, `2026-11-${day}.jsonl`), half);
  const { log, say } = logOf({ maxMib: 1 });
  say("today");
  await log.close();
  expect(readdirSync(directory).toSorted()).toEqual(["2026-11-20.jsonl", "2026-11-21.jsonl"]);
});

test("one endless day is cut into parts that count against the size", async () => {
  const { log, say } = logOf({ maxMib: 20 });
  for (let round = 0; round < 40; round++) {
    for (let line = 0; line < 100; line++) say("y".repeat(8_000));
    await log.flush();
  }
  await log.close();
  const bytes = readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
  expect(readdirSync(directory)).not.toContain("2026-11-21.jsonl");
  expect(bytes).toBeLessThan(30 * 1_048_576);
});

test("a position yields only what came since, across parts", async () => {
  const { log, say } = logOf();
  const position = { file: "", offset: 0 };
  const since = async () => {
    const found: string[] = [];
    for await (const line of readDiagnostics(directory, { position })) found.push(line.message);
    return found;
  };
  say("one");
  await log.flush();
  expect(await since()).toEqual(["one"]);
  expect(await since()).toEqual([]);
  say("two");
  clock.advance(DAY_MS);
  await log.flush();
  say("three");
  await log.close();
  expect(await since()).toEqual(["two", "three"]);
});

test("a torn or foreign line is passed over, a label filters", async () => {
  const about = { label: "work", instance_id: "i", run_id: "r" };
  const { log, say } = logOf();
  say("mine");
  log.write(entry(about, clock.wallMs(), { type: "log", message: "its own" }));
  await log.close();
  const file = join(directory, "2026-11-21.jsonl");
  writeFileSync(file, `null\n[]\n${readFileSync(file, "utf8")}{"at":"2026-`);
  expect(await messages()).toEqual(["mine", "its own"]);
  expect(await messages("work")).toEqual(["its own"]);
});

test("switched off it writes nothing and is heard all the same", async () => {
  const { log, say, heard } = logOf({ enabled: false });
  say("only heard");
  await log.close();
  expect(readdirSync(directory)).toEqual([]);
  expect(heard.map(({ message }) => message)).toEqual(["only heard"]);
});

test("an endless message is cut, and a disk that takes nothing costs bounded memory and is said later", async () => {
  rmSync(directory, { recursive: true, force: true });
  writeFileSync(directory, "a file where the folder should be");
  const { log, say, heard } = logOf();
  say("z".repeat(1_000_000));
  expect(heard[0]?.message.length).toBeLessThan(10_000);
  for (let line = 0; line < 1_000; line++) say("q".repeat(8_000));
  await log.flush();
  rmSync(directory, { force: true });
  say("again");
  await log.flush();
  await log.close();
  expect((await messages()).some((message) => /diagnostics lines were dropped/.test(message))).toBe(true);
});

test("a secret is taken out of whatever an agent may choose the words of", async () => {
  const { log, heard } = logOf();
  const secret = "hunter2 of the whole house";
  log.scrub.learn([secret]);
  const what = { type: "error", code: secret, message: `it is ${secret}` };
  log.write(entry(theCollector, clock.wallMs(), what));
  log.write(entry(theCollector, clock.wallMs(), { type: secret, message: "plain" }));
  expect(heard.map(({ type, code, message }) => [type, code, message])).toEqual([
    ["error", "[secret]", "it is [secret]"],
    ["[secret]", undefined, "plain"],
  ]);
  await log.close();
});
