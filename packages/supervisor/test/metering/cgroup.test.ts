import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCgroup } from "../../src/metering/cgroup.ts";

const PID = 4_000_000;
let root = "";
let own = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mimolo-cgroup-"));
  own = join(root, "user.slice/mimolo.scope");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(root, "self"), "12:pids:/x\n0::/user.slice/mimolo.scope\n");
  delegated({});
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function delegated({ controllers = "cpuset cpu io memory pids", procs = `${PID}\n` }): void {
  writeFileSync(join(own, "cgroup.controllers"), `${controllers}\n`);
  writeFileSync(join(own, "cgroup.procs"), procs);
  writeFileSync(join(own, "cgroup.subtree_control"), "");
}

const open = () =>
  openCgroup({ platform: "linux", root, selfFile: join(root, "self"), pid: PID, descendantsOf: () => [] });
const text = (...path: string[]) => readFileSync(join(own, ...path), "utf8");

/** The kernel's own files do not keep a folder from being removed; those of a disk do. */
function emptied(folder: string): void {
  for (const file of readdirSync(join(own, folder))) rmSync(join(own, folder, file));
}

test("the collector moves into a leaf, and an agent gets a group with its limits", () => {
  const cgroup = open();
  expect(text("mimolo-collector", "cgroup.procs")).toBe(String(PID));
  expect(text("cgroup.subtree_control")).toBe("+cpu +memory +pids");
  expect(cgroup?.limit("folder", 77, { cpuPercent: 25, memoryMib: 64 })).toBe(true);
  expect(text("agent-folder", "memory.max")).toBe("67108864");
  expect(text("agent-folder", "memory.oom.group")).toBe("1");
  expect(text("agent-folder", "cpu.max")).toBe("25000 100000");
  expect(text("agent-folder", "pids.max")).toBe("512");
  expect(text("agent-folder", "cgroup.procs")).toBe("77");
});

test("how many tasks it may have is the owner's to say; without the pids controller nobody counts them", () => {
  open()?.limit("few", 77, { cpuPercent: 25, memoryMib: 64, tasks: 32 });
  expect(text("agent-few", "pids.max")).toBe("32");
  delegated({ controllers: "cpu memory" });
  open()?.limit("many", 77, { cpuPercent: 25, memoryMib: 64, tasks: 32 });
  expect(text("cgroup.subtree_control")).toBe("+cpu +memory");
  expect(existsSync(join(own, "agent-many", "pids.max"))).toBe(false);
});

test("a wrapper has started others already: all of them come under the limits, those of the last moment too", () => {
  const looks = [
    [77, 78],
    [77, 78, 79],
    [77, 78, 79],
  ];
  const joined: string[] = [];
  const descendantsOf = () => {
    joined.push(text("agent-wrapped", "cgroup.procs"));
    return looks.shift() ?? [];
  };
  const cgroup = openCgroup({ platform: "linux", root, selfFile: join(root, "self"), pid: PID, descendantsOf });
  expect(cgroup?.limit("wrapped", 77, { cpuPercent: 25, memoryMib: 64 })).toBe(true);
  expect(joined).toEqual(["77", "78", "79"]);
});

test("a tenth of a percent is a millisecond in a second: the kernel takes no smaller quota", () => {
  open()?.limit("tiny", 77, { cpuPercent: 0.1, memoryMib: 1 });
  expect(text("agent-tiny", "cpu.max")).toBe("1000 1000000");
});

test("what was made is taken away again, and the collector goes back", () => {
  const cgroup = open();
  cgroup?.limit("folder", 77, { cpuPercent: 25, memoryMib: 64 });
  emptied("agent-folder");
  cgroup?.remove("folder");
  expect(existsSync(join(own, "agent-folder"))).toBe(false);
  emptied("mimolo-collector");
  cgroup?.close();
  expect(text("cgroup.procs")).toBe(String(PID));
  expect(text("cgroup.subtree_control")).toBe("-cpu -memory -pids");
  expect(existsSync(join(own, "mimolo-collector"))).toBe(false);
});

test("a limit that cannot be set is false, never an exception", () => {
  const cgroup = open();
  writeFileSync(join(own, "agent-folder"), "in the way");
  expect(cgroup?.limit("folder", 77, { cpuPercent: 25, memoryMib: 64 })).toBe(false);
  expect(() => cgroup?.remove("folder")).not.toThrow();
});

test.each([
  ["no memory controller", { controllers: "cpu pids" }],
  ["no controller at all", { controllers: "" }],
  ["other processes in the group", { procs: `${PID}\n1234\n` }],
])("%s: not delegated to us", (_why, state) => {
  delegated(state);
  expect(open()).toBeNull();
  expect(existsSync(join(own, "mimolo-collector"))).toBe(false);
});

test("no unified hierarchy, no such folder, another system: null", () => {
  writeFileSync(join(root, "self"), "12:pids:/x\n");
  expect(open()).toBeNull();
  writeFileSync(join(root, "self"), "0::/nowhere\n");
  expect(open()).toBeNull();
  expect(openCgroup({ platform: "darwin" })).toBeNull();
  expect(() => openCgroup({ selfFile: join(root, "absent") })).not.toThrow();
});
