import { expect, test } from "vitest";
import { backstop } from "../../src/agents/backstop.ts";

const budgets = { cpuPercent: () => 0.1, memoryMib: () => 64 };

function paperCgroup(works = true) {
  const calls: unknown[] = [];
  const limit = (...call: unknown[]) => {
    calls.push(call);
    return works;
  };
  return { calls, limit, remove: (label: string) => void calls.push(label) };
}

test("a process is put behind the kernel's limits once, at its start; the group goes with it", () => {
  const cgroup = paperCgroup();
  backstop(cgroup, "a", { state: "handshaking", previous: "starting", pid: 7 }, budgets);
  backstop(cgroup, "a", { state: "running", previous: "handshaking", pid: 7 }, budgets);
  backstop(cgroup, "a", { state: "running", previous: "running", pid: 7 }, budgets);
  backstop(cgroup, "a", { state: "backing-off", previous: "running", pid: null }, budgets);
  expect(cgroup.calls).toEqual([["a", 7, { cpuPercent: 100, memoryMib: 128 }], "a"]);
});

test("no cgroup, or one that refuses, hurts nobody's start", () => {
  const started = { state: "handshaking", previous: "starting", pid: 7 } as const;
  expect(() => backstop(null, "a", started, budgets)).not.toThrow();
  expect(() => backstop(paperCgroup(false), "a", started, budgets)).not.toThrow();
});
