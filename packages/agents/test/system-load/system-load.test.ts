import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { cpuTimeFrom, machine, memoryFrom } from "../../src/system-load/readings.ts";
import { SystemLoad } from "../../src/system-load/system-load.ts";

function loadOf(readings: readonly [busy: number, total: number][]) {
  const left = [...readings];
  let nowMs = 0;
  return new SystemLoad({
    wallMs: () => (nowMs += 1_000),
    diskPath: "/",
    readings: {
      cpuTime: () => {
        const [busy, total] = left.shift() ?? [0, 0];
        return { busy, total };
      },
      memoryPercent: () => 41.26,
      load1m: () => 1.234,
      diskPercent: async () => 77.77,
    },
  });
}

test("a summary holds the mean over the window and the busiest stretch between two looks", async () => {
  const load = loadOf([
    [0, 0],
    [10, 100],
    [70, 200],
    [70, 300],
  ]);
  load.sample();
  load.sample();
  expect(await load.takeSummary()).toEqual({
    schema: "system_load.summary.v1",
    window: { start: "1970-01-01T00:00:01.000Z", end: "1970-01-01T00:00:02.000Z", duration_s: 1 },
    cpu_percent: { mean: 23.3, max: 60 },
    load_1m: 1.23,
    memory_percent: 41.3,
    disk_percent: 77.8,
    samples: 3,
  });
});

test("a look before any tick has passed does not count", async () => {
  const load = loadOf([
    [5, 100],
    [5, 100],
    [5, 100],
  ]);
  load.sample();
  expect(await load.takeSummary()).toMatchObject({ cpu_percent: { mean: 0, max: 0 }, samples: 0 });
});

test("Linux's own files are read: guest time once, waiting for disks as idle", () => {
  expect(cpuTimeFrom("cpu  10 5 15 60 10 1 2 3 10 0\ncpu0 1 2 3 4\n")).toEqual({ busy: 36, total: 106 });
  expect(cpuTimeFrom("nothing of the kind")).toBeNull();
  expect(memoryFrom("MemTotal:       1000 kB\nMemFree: 100 kB\nMemAvailable:    250 kB\n")).toBe(75);
  expect(memoryFrom("")).toBeNull();
});

test("this machine gives plausible figures", async () => {
  const { busy, total } = machine.cpuTime();
  expect(busy).toBeGreaterThan(0);
  expect(total).toBeGreaterThan(busy);
  expect(machine.memoryPercent()).toBeGreaterThan(0);
  expect(machine.memoryPercent()).toBeLessThanOrEqual(100);
  expect(await machine.diskPercent(tmpdir())).toBeGreaterThanOrEqual(0);
  expect(await machine.diskPercent("/no/such/folder")).toBeNull();
});
