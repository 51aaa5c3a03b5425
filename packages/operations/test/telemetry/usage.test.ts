import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { Cell } from "../../src/telemetry/cell.ts";
import { figuresOf } from "../../src/telemetry/figures.ts";
import { UsageBook } from "../../src/telemetry/usage.ts";

const agent = (label: string, pid: number) => ({ label, pid, plan: { pluginId: "acme.one" } });
const used = (cpuMs: number, memoryMib: number, ioBytes: number | null) => ({
  cpuMs,
  memoryMib,
  memoryKind: "pss" as const,
  processes: 1,
  pids: [],
  ioBytes,
});

function book() {
  const clock = manualClock();
  const cell = new Cell();
  return { clock, cell, usage: new UsageBook(clock, () => cell) };
}

test("two agents of one plugin run for the time in which either does, and use together what both use", () => {
  const { clock, cell, usage } = book();
  usage.runs("a", "acme.one", "ok");
  clock.advance(10_000);
  usage.runs("b", "acme.one", "ok");
  usage.swept(
    new Map([
      [agent("a", 1), used(100, 30, 5)],
      [agent("b", 2), used(50, 20.04, 7)],
    ]),
  );
  clock.advance(10_000);
  usage.rests("a", false);
  clock.advance(20_000);
  usage.rests("b", false);
  clock.advance(60_000);
  expect(figuresOf(cell)).toMatchObject({ duration_s: 40, cpu_percent: 0.375, memory_mib: 50, io_bytes: 12 });
});

test("of a new process all that it used is new, of the same one what it used since", () => {
  const { cell, usage } = book();
  usage.runs("a", "acme.one", "ok");
  for (const [pid, cpuMs, io] of [
    [1, 100, null],
    [1, 130, 40],
    [1, 130, 50],
    [2, 20, 3],
  ] as const)
    usage.swept(new Map([[agent("a", pid), used(cpuMs, 1, io)]]));
  expect(cell).toMatchObject({ cpuMs: 150, ioBytes: 53 });
});

test("the worst health is told, and a plugin that never ran is stopped", () => {
  const { cell, usage } = book();
  expect(figuresOf(cell).health).toBe("stopped");
  usage.runs("a", "acme.one", "ok");
  usage.runs("a", "acme.one", "degraded");
  usage.runs("a", "acme.one", "ok");
  expect(figuresOf(cell).health).toBe("degraded");
  usage.rests("a", true);
  expect(figuresOf(cell).health).toBe("failed");
});
