import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openRunFile, readRunFile, reapLeftovers } from "../../src/index.ts";
import { hasInEnvironment, processFacts } from "../../src/process-facts.ts";

const folder = mkdtempSync(join(tmpdir(), "mimolo run file "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const freshPath = () => join(folder, "state", `running-${files++}.jsonl`);

test("what was added and not removed is read again, and nobody else may read it", () => {
  const path = freshPath();
  const file = openRunFile(path);
  file.add({ pid: process.pid, nonce: "a" });
  file.add({ pid: 999_999, nonce: "b" });
  file.remove(999_999);
  expect(readRunFile(path)).toEqual([{ pid: process.pid, nonce: "a", started_s: expect.any(Number) }]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  file.close();
  expect(existsSync(path)).toBe(true);
});

test("a file without anybody left in it goes away", () => {
  const path = freshPath();
  const file = openRunFile(path);
  file.add({ pid: 999_999, nonce: "b" });
  file.remove(999_999);
  file.close();
  file.close();
  expect(existsSync(path)).toBe(false);
});

test("however many come and go, the file stays small and right", () => {
  const path = freshPath();
  const file = openRunFile(path);
  file.add({ pid: 500_000, nonce: "stays" });
  for (let i = 0; i < 3_000; i++) {
    file.add({ pid: 600_000 + i, nonce: `run ${i}` });
    file.remove(600_000 + i);
  }
  expect(readRunFile(path).map((entry) => entry.nonce)).toEqual(["stays"]);
  expect(readFileSync(path, "utf8").split("\n").length).toBeLessThan(1_100);
  file.close();
});

test("torn and foreign lines are skipped, and nobody is found who could not be ours", () => {
  const path = freshPath();
  openRunFile(path);
  writeFileSync(path, 'nonsense\n[]\n{"pid":1,"nonce":"x","started_s":1}\n{"pid":0,"nonce":"x","started_s":1}\n');
  appendFileSync(path, '{"pid":-5,"nonce":"x","started_s":1}\n{"pid":77,"nonce":"","started_s":1}\n{"pid":7');
  expect(readRunFile(path)).toEqual([]);
  expect(readRunFile(join(folder, "absent"))).toEqual([]);
});

test("a path that cannot be written is an error with its cause", () => {
  expect(() => openRunFile(join(folder, "state"))).toThrow(expect.objectContaining({ code: "run-file-unusable" }));
});

test("a process is killed only when pid, start time and nonce agree", async () => {
  const path = freshPath();
  const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore", env: { MIMOLO_RUN_ID: "the-nonce" } });
  await new Promise((resolve) => child.once("spawn", resolve));
  const pid = child.pid ?? 0;
  const started_s = processFacts(pid)?.startedS ?? 0;
  expect(Math.abs(uptime() - started_s)).toBeLessThan(3);
  expect(hasInEnvironment(pid, "MIMOLO_RUN_ID=the-nonce")).toBe(true);
  const left = async (entry: object) => {
    writeFileSync(path, `${JSON.stringify(entry)}\n`);
    return await reapLeftovers(path);
  };
  expect(await left({ pid, nonce: "another", started_s })).toMatchObject({
    killed: [],
    spared: [{ pid, reason: "nonce-not-found" }],
  });
  expect(await left({ pid, nonce: "the-nonce", started_s: started_s - 60 })).toMatchObject({
    killed: [],
    spared: [{ pid, reason: "start-time-differs" }],
  });
  expect(processFacts(pid)?.state).not.toBe("Z");
  expect(await left({ pid, nonce: "the-nonce", started_s })).toEqual({ killed: [pid], spared: [], remaining: [] });
  expect(await reapLeftovers(freshPath())).toEqual({ killed: [], spared: [], remaining: [] });
});
