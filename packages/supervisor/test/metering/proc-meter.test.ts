import { manualClock } from "@mimolo/agent-sdk/testing";
import { readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MeterOptions, openMeter } from "../../src/metering/open-meter.ts";
import type { Meter } from "../../src/metering/meter.ts";
import { PaperProc } from "./paper-proc.ts";

const clock = manualClock();
let proc: PaperProc;
let meter: Meter;

beforeEach(() => {
  proc = new PaperProc();
  meter = openAt({});
});
afterEach(() => {
  meter.close();
  proc.remove();
});

function openAt(options: MeterOptions): Meter {
  return openMeter({ platform: "linux", procRoot: proc.root, clock, ...options });
}

async function usage(leader = 10) {
  return (await meter.sweep([leader])).get(leader);
}

test("a group is its leader and all who share its process group, oddly named ones too", async () => {
  proc.put({ pid: 10, utime: 1, stime: 2, rss: 256 });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, name: "(a) b) (c", utime: 3, cutime: 4, cstime: 5, rss: 256 });
  proc.put({ pid: 12, pgrp: 12, utime: 1_000 });
  expect(await usage()).toEqual({
    cpuMs: 150,
    memoryMib: 2,
    memoryKind: "rss",
    processes: 2,
    pids: [10, 11],
    ioBytes: null,
  });
});

test("who joins later is found, and who is gone is not in the answer", async () => {
  proc.put({ pid: 10 });
  expect((await usage())?.processes).toBe(1);
  proc.put({ pid: 11, ppid: 10, pgrp: 10, utime: 7 });
  expect(await usage()).toMatchObject({ processes: 2, cpuMs: 70 });
  proc.end(10);
  proc.end(11);
  expect(await usage()).toBeUndefined();
});

test("a child that dies and is waited for is counted once", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, utime: 40 });
  expect((await usage())?.cpuMs).toBe(400);
  proc.end(11);
  proc.put({ pid: 10, utime: 1, cutime: 42 });
  expect((await usage())?.cpuMs).toBe(430);
});

test("the same when the parent shows it one sweep later only", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, utime: 40 });
  await usage();
  proc.end(11);
  expect((await usage())?.cpuMs).toBe(400);
  proc.put({ pid: 10, cutime: 45 });
  expect((await usage())?.cpuMs).toBe(450);
});

test("a child that vanishes unwaited-for leaves its time behind, and does not hide that of others", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, ppid: 1, pgrp: 10, utime: 40 });
  await usage();
  proc.end(11);
  proc.put({ pid: 10, utime: 5 });
  expect((await usage())?.cpuMs).toBe(450);
});

test("a pid that is used again is another process, and never another's leftovers", async () => {
  proc.put({ pid: 10, utime: 50, start: 1 });
  expect((await usage())?.cpuMs).toBe(500);
  proc.end(10);
  proc.put({ pid: 10, utime: 2, start: 900 });
  expect((await usage())?.cpuMs).toBe(20);
});

test("the same without a descriptor to keep", async () => {
  meter = openAt({ keptDescriptors: 0 });
  proc.put({ pid: 10, utime: 50, start: 1 });
  expect((await usage())?.cpuMs).toBe(500);
  proc.put({ pid: 10, utime: 2, start: 900 });
  expect((await usage())?.cpuMs).toBe(20);
});

test("a foreign pid that is used again by a member is found within two minutes", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, pgrp: 11 });
  await usage();
  proc.put({ pid: 11, ppid: 10, pgrp: 10, start: 5 });
  for (let sweep = 0; sweep < 24; sweep++) await usage();
  expect((await usage())?.pids).toEqual([10, 11]);
});

test("who leaves for a group of its own is counted no further, and not again when it is waited for", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, utime: 10, rss: 256 });
  await usage();
  proc.put({ pid: 11, ppid: 10, pgrp: 11, utime: 90, rss: 256 });
  expect(await usage()).toMatchObject({ cpuMs: 100, processes: 1, memoryMib: 0 });
  proc.end(11);
  proc.put({ pid: 10, cutime: 95 });
  expect((await usage())?.cpuMs).toBe(950);
});

test("the dead that nobody waited for are no processes, but their time counts", async () => {
  proc.put({ pid: 10 });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, utime: 10, state: "Z" });
  expect(await usage()).toMatchObject({ cpuMs: 100, processes: 1, pids: [10] });
});

test("PSS is read for all in turn, and at once for whom RSS makes suspect", async () => {
  for (let pid = 10; pid < 30; pid++) proc.put({ pid, rss: 2_560, pss: 3_072 });
  const leaders = Array.from({ length: 20 }, (_, i) => 10 + i);
  const first = await meter.sweep(leaders, { suspectAboveMib: (pid) => (pid === 29 ? 5 : 100) });
  expect(first.get(29)).toMatchObject({ memoryMib: 3, memoryKind: "pss" });
  expect(first.get(28)).toMatchObject({ memoryMib: 10, memoryKind: "rss" });
  await meter.sweep(leaders);
  const third = await meter.sweep(leaders);
  expect([...third.values()].every(({ memoryKind }) => memoryKind === "pss")).toBe(true);
});

test("between two readings of PSS what RSS grew by counts in full", async () => {
  proc.put({ pid: 10, rss: 2_560, pss: 3_072 });
  expect((await usage())?.memoryMib).toBe(3);
  proc.put({ pid: 10, rss: 5_120 });
  expect((await usage())?.memoryMib).toBe(13);
  proc.put({ pid: 10, rss: 256 });
  expect((await usage())?.memoryMib).toBe(1);
});

test("PSS is read again after half a minute where RSS moved, after five where it did not", async () => {
  proc.put({ pid: 10, rss: 2_560, pss: 3_072 });
  expect((await usage())?.memoryMib).toBe(3);
  proc.put({ pid: 10, rss: 2_560, pss: 4_096 });
  clock.advance(299_000);
  expect((await usage())?.memoryMib).toBe(3);
  clock.advance(1_000);
  expect((await usage())?.memoryMib).toBe(4);
  proc.put({ pid: 10, rss: 2_816, pss: 5_120 });
  clock.advance(29_000);
  expect((await usage())?.memoryMib).toBe(5);
  proc.put({ pid: 10, rss: 2_816, pss: 6_144 });
  clock.advance(1_000);
  expect((await usage())?.memoryMib).toBe(6);
});

test("where the system says that no process was begun, none is looked for, but for a look a minute", async () => {
  proc.newest(10);
  proc.put({ pid: 10 });
  await usage();
  proc.put({ pid: 11, ppid: 10, pgrp: 10 });
  expect((await usage())?.processes).toBe(1);
  proc.newest(11);
  expect((await usage())?.processes).toBe(2);
  proc.put({ pid: 12, ppid: 10, pgrp: 10 });
  for (let sweep = 3; sweep < 12; sweep++) expect((await usage())?.processes).toBe(2);
  expect((await usage())?.processes).toBe(3);
});

test("closing gives back every descriptor", async () => {
  const open = () => readdirSync("/proc/self/fd").length;
  const before = open();
  for (let pid = 10; pid < 60; pid++) proc.put({ pid, pgrp: 10 });
  await usage();
  if (process.platform === "linux") expect(open()).toBeGreaterThanOrEqual(before + 50);
  proc.end(10);
  await usage();
  meter.close();
  expect(open()).toBeLessThanOrEqual(before);
});

test("sweeps asked for at the same time run one after the other", async () => {
  proc.put({ pid: 10, rss: 256, pss: 512 });
  const [one, two] = await Promise.all([usage(), usage()]);
  expect(one).toMatchObject({ processes: 1 });
  expect(two).toMatchObject({ processes: 1 });
});

test("elsewhere nobody is harmed by pids that do not exist", async () => {
  const elsewhere = openMeter({ platform: "freebsd" });
  expect((await elsewhere.sweep([2 ** 30])).size).toBe(0);
  expect((await elsewhere.sweep([])).size).toBe(0);
  expect((await elsewhere.sweep([process.pid])).get(process.pid)).toMatchObject({ processes: 1, memoryKind: "rss" });
  elsewhere.close();
});

test("what a group read from and wrote to disks is summed, a child that was waited for counted once", async () => {
  proc.put({ pid: 10, io: [100, 1] });
  proc.put({ pid: 11, ppid: 10, pgrp: 10, io: [10, 0] });
  expect((await usage())?.ioBytes).toBe(111);
  proc.end(11);
  proc.put({ pid: 10, io: [100, 1] });
  expect((await usage())?.ioBytes).toBe(111);
  proc.put({ pid: 10, io: [112, 4] });
  expect((await usage())?.ioBytes).toBe(116);
  proc.put({ pid: 10, io: [200, 4] });
  expect((await usage())?.ioBytes).toBe(204);
});

test("a child that vanishes unwaited-for leaves its bytes behind", async () => {
  proc.put({ pid: 10, io: [5, 0] });
  proc.put({ pid: 11, ppid: 1, pgrp: 10, io: [90, 0] });
  await usage();
  proc.end(11);
  expect((await usage())?.ioBytes).toBe(95);
});

test("of many groups each sweep reads a part, and twelve read all", async () => {
  const leaders = Array.from({ length: 120 }, (_, index) => 100 + index);
  for (const pid of leaders) proc.put({ pid, io: [pid, 0] });
  const read = async () => [...(await meter.sweep(leaders)).values()].filter(({ ioBytes }) => ioBytes !== null).length;
  expect(await read()).toBe(10);
  for (let sweep = 0; sweep < 10; sweep++) await read();
  expect(await read()).toBe(120);
});
