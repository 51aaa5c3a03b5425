// The checks that docs/evidence.md tells a stranger to make, run as they stand there.
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const page = await readFile(new URL("../../../../docs/evidence.md", import.meta.url), "utf8");
const morning = fileURLToPath(new URL("../fixtures/a-morning/evidence", import.meta.url));
const program = /```python\n(.*?)```/s.exec(page)?.[1] ?? "";

async function copyOfTheMorning(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mimolo stranger "));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(morning, folder, { recursive: true });
  return folder;
}

function check(cwd: string) {
  return spawnSync("python3", ["-"], { cwd, input: program, encoding: "utf8" });
}

test("the Python program of the page finds the chain whole and prints its head", async () => {
  const head = JSON.parse(await readFile(join(morning, "../head.jsonl"), "utf8"));
  const { stdout, stderr } = check(await copyOfTheMorning());
  expect(stderr).toBe("");
  expect(stdout.trim()).toBe(`the chain holds, its head is ${head.n} ${head.hash}`);
});

test("it notices one changed byte of a record, and one of a commit", async () => {
  const folder = await copyOfTheMorning();
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(morning, file), "utf8");
    expect(text).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
    const { stderr } = check(folder);
    await writeFile(join(folder, file), text);
    return stderr;
  };
  expect(await change("2026-11-21.jsonl", '"modified":3', '"modified":4')).toContain("commit 1: a record was changed");
  expect(await change("commits.jsonl", '"at":"2026-11-21T09:02', '"at":"2026-11-21T09:03')).toContain(
    "commit 2: the one before was changed",
  );
});
