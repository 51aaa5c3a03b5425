import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { readRunFile, reapLeftovers } from "../../src/index.ts";
import { membersOf, soon } from "./supervise.ts";

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mimolo orphans "));
const runFile = join(folder, "running.jsonl");
const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanUp.splice(0)) clean();
  rmSync(folder, { recursive: true, force: true });
});

/** A host process in plain Node (from the build) whose agents are all up. */
async function host(agents: readonly string[], env: Record<string, string> = {}) {
  const args = [pathOf("hosts/supervises.mjs"), runFile, ...agents.map((name) => pathOf(`agents/${name}`))];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  const groups: number[] = [];
  const guardians: number[] = [];
  let up = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line);
    if (said.guardian) guardians.push(said.guardian);
    if (said.state === "handshaking") groups.push(said.pid);
    if (said.state === "running") up++;
  });
  cleanUp.push(() => {
    child.kill("SIGKILL");
    for (const pid of groups) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        continue;
      }
    }
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await soon(() => up === agents.length && (guardians.length > 0 || "MIMOLO_TEST_NO_GUARDIAN" in env), 10_000);
  return { child, exited, guardians, groups };
}

const alive = (groups: readonly number[]) => groups.flatMap(membersOf);

test("after kill -9 of the host no process of any group is left within five seconds", async () => {
  const { child, groups } = await host(["keeps-grandchild.sh", "ignores-sigterm.mjs", "reads-nothing.mjs"]);
  expect(alive(groups).length).toBeGreaterThanOrEqual(5);
  child.kill("SIGKILL");
  await soon(() => alive(groups).length === 0, 5_000);
});

test("after a stop of the host no process is left, and no run file", async () => {
  const { child, exited, groups } = await host(["keeps-grandchild.sh", "ignores-sigterm.mjs", "well-behaved.mjs"]);
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(alive(groups)).toEqual([]);
  expect(existsSync(runFile)).toBe(false);
});

test("a guardian that was killed is replaced, and its successor knows everybody", async () => {
  const { child, groups, guardians } = await host(["keeps-grandchild.sh"]);
  process.kill(guardians[0] ?? 0, "SIGKILL");
  await soon(() => Number(guardians.at(-1)) > 0 && guardians.length > 1, 5_000);
  child.kill("SIGKILL");
  await soon(() => alive(groups).length === 0, 5_000);
});

test("what even the guardian could not end is reaped by the next start, grandchildren of a dead leader included", async () => {
  const { child, exited, groups } = await host(["keeps-grandchild.sh", "reads-nothing.mjs"], {
    MIMOLO_TEST_NO_GUARDIAN: "1",
  });
  child.kill("SIGKILL");
  await exited;
  const [withGrandchild = 0] = groups;
  process.kill(withGrandchild, "SIGKILL");
  await soon(() => !membersOf(withGrandchild).includes(withGrandchild), 10_000);
  expect(readRunFile(runFile).map((entry) => entry.pid)).toEqual(groups);
  expect(await reapLeftovers(runFile)).toEqual({ killed: groups, spared: [], remaining: [] });
  expect(alive(groups)).toEqual([]);
});
