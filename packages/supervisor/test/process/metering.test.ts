import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type GroupUsage, openMeter, setNice } from "../../src/index.ts";

const here = (name: string) => fileURLToPath(new URL(`agents/${name}`, import.meta.url));
const meter = openMeter();
const groups: number[] = [];

afterEach(() => {
  for (const pid of groups.splice(0)) process.kill(-pid, "SIGKILL");
});

type Begun = ChildProcessByStdio<Writable, Readable, null> & { readonly pid: number };

function begin(command: string, ...args: string[]): Begun {
  const child = spawn(command, args, { detached: true, stdio: ["pipe", "pipe", "inherit"] });
  if (child.pid === undefined) throw new Error(`${command} did not start`);
  groups.push(child.pid);
  return child as Begun;
}

async function usage(pid: number, limitMib = Infinity): Promise<GroupUsage> {
  const found = (await meter.sweep([pid], { suspectAboveMib: () => limitMib })).get(pid);
  if (found === undefined) throw new Error("the group is gone");
  return found;
}

describe.runIf(process.platform === "linux")("real process groups", () => {
  test("a busy loop uses about the time that the system says", async () => {
    const { pid } = begin("/bin/sh", "-c", "while :; do :; done");
    let used = await usage(pid);
    while (used.cpuMs < 500) used = await usage(pid);
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1").split(" ");
    const [, read, written] =
      /^read_bytes: (\d+)\nwrite_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, "latin1")) ?? [];
    expect(used.ioBytes).toBe(Number(read) + Number(written));
    const systemMs = (Number(stat[13]) + Number(stat[14])) * 10;
    expect(systemMs - used.cpuMs).toBeGreaterThanOrEqual(0);
    expect(systemMs - used.cpuMs).toBeLessThan(200);
  });

  test("200 MB in a grandchild are the group's, by PSS", async () => {
    const child = begin("/bin/sh", here("leaks-in-a-grandchild.sh"), process.execPath);
    await once(child.stdout, "data");
    const used = await usage(child.pid, 64);
    expect(used).toMatchObject({ memoryKind: "pss", processes: 2 });
    expect(used.memoryMib).toBeGreaterThan(195);
    expect(used.memoryMib).toBeLessThan(300);
  });

  test("a storm of short-lived children: the total only rises, and ends at what the system counted", async () => {
    const child = begin("/bin/sh", here("forks-in-bursts.sh"));
    await once(child.stdout, "data");
    const storm = { over: false };
    child.stdout.once("data", () => {
      storm.over = true;
    });
    let before = 0;
    let sweeps = 0;
    while (!storm.over) {
      const { cpuMs } = await usage(child.pid);
      expect(cpuMs).toBeGreaterThanOrEqual(before);
      before = cpuMs;
      sweeps++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await usage(child.pid);
    const { cpuMs } = await usage(child.pid);
    const stat = readFileSync(`/proc/${child.pid}/stat`, "latin1").split(" ");
    const systemMs = stat.slice(13, 17).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
    expect(sweeps).toBeGreaterThan(5);
    expect(cpuMs).toBeLessThanOrEqual(systemMs + 20);
    expect(cpuMs).toBeGreaterThan(systemMs * 0.9);
  });

  test("a group that was killed is gone from the sweeps that follow", async () => {
    const child = begin("/bin/sh", "-c", "sleep 100 & sleep 100");
    await usage(child.pid);
    process.kill(-child.pid, "SIGKILL");
    await once(child, "exit");
    groups.length = 0;
    // Its child was killed too, but may take a moment longer to die.
    while ((await meter.sweep([child.pid])).size > 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await meter.sweep([child.pid])).size).toBe(0);
  });

  test("without a descriptor left nobody is taken for gone", () => {
    const host = fileURLToPath(new URL("hosts/runs-out-of-descriptors.mjs", import.meta.url));
    const limited = ["-c", 'ulimit -n 120; exec "$0" "$1"', process.execPath, host];
    const seen = JSON.parse(execFileSync("/bin/sh", limited, { encoding: "utf8" })) as GroupUsage[];
    expect(seen.map(({ processes }) => processes)).toEqual([41, 41, 41]);
  });

  test("nice reaches every thread, and processes that are gone are no failure", async () => {
    const child = begin(process.execPath, "-e", "console.log(1); setInterval(() => {}, 1e6)");
    await once(child.stdout, "data");
    expect(setNice([child.pid, 2 ** 30], 10)).toBe("done");
    const threads = readdirSync(`/proc/${child.pid}/task`).map(Number);
    expect(threads.length).toBeGreaterThan(1);
    expect(new Set(threads.map((thread) => getPriority(thread)))).toEqual(new Set([10]));
    expect(setNice([child.pid], 0)).toBe(process.getuid?.() === 0 ? "done" : "not-permitted");
  });
});
