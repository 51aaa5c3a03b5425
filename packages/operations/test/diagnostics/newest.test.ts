import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newestDiagnostics } from "../../src/diagnostics/newest.ts";

/** Diagnostics of two days, the second in two files; every third line is about `load`. */
function written(): string {
  const directory = mkdtempSync(join(tmpdir(), "mimolo-newest-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  let number = 0;
  for (const [file, count] of [
    ["2026-11-20.jsonl", 30],
    ["2026-11-21.jsonl", 20],
    ["2026-11-21.2.jsonl", 10],
  ] as const) {
    const lines = Array.from({ length: count }, () => {
      number += 1;
      return JSON.stringify({ at: "", label: number % 3 === 0 ? "load" : "work", message: String(number) });
    });
    writeFileSync(join(directory, file), `${lines.join("\n")}\n`);
  }
  return directory;
}

const numbers = async (directory: string, filter: { label?: string; limit: number }) =>
  (await newestDiagnostics(directory, filter)).map(({ message }) => Number(message));

test("the newest lines come from as many files as it takes, oldest of them first", async () => {
  const directory = written();
  expect(await numbers(directory, { limit: 3 })).toEqual([58, 59, 60]);
  expect(await numbers(directory, { limit: 12 })).toEqual([49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
  expect(await numbers(directory, { limit: 5, label: "load" })).toEqual([48, 51, 54, 57, 60]);
  expect(await numbers(directory, { limit: 1_000 })).toHaveLength(60);
  expect(await numbers(directory, { limit: 5, label: "nobody" })).toEqual([]);
});

test("where nothing was written there is nothing", async () => {
  expect(await newestDiagnostics(join(tmpdir(), "mimolo-there-is-none"), { limit: 5 })).toEqual([]);
});
