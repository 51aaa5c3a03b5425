import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keysIn } from "../../src/try/keys.ts";
import { LineGate } from "../../src/try/line-gate.ts";
import { lineText, rawText } from "../../src/try/line-text.ts";
import { isOfAgent, watchedOf } from "../../src/try/watched.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo try ")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("keys are heard in either case; arrows and what was pasted are none", () => {
  expect(keysIn("fS")).toEqual(["flush", "status"]);
  expect(keysIn("\u001B[A\u001BOP\u001B[15~\u001B")).toEqual([]);
  expect(keysIn("q\u001B[Bx")).toEqual(["quit", "shutdown"]);
  expect(keysIn("export QUIT=quit # x r f")).toEqual([]);
  expect(keysIn(`${"pasted text ".repeat(9)}\u0003`)).toEqual(["quit"]);
  expect(keysIn("zzz\n")).toEqual([]);
});

const told = (command: object) => lineText({ at_ms: 0, dir: "in", line: JSON.stringify(command) });
const said = (message: object) => lineText({ at_ms: 0, dir: "out", line: JSON.stringify(message) });

test("a line is told in a few words", () => {
  expect(told({ cmd: "flush", id: "c1" })).toEqual({
    arrow: "→",
    name: "flush",
    rest: "",
    isWrong: false,
    isError: false,
  });
  expect(said({ type: "error", message: "no" })).toMatchObject({ name: "error", rest: "no", isError: true });
  expect(told({ cmd: "committed", params: { stream: "s", through: 3 } }).rest).toBe("through 3");
  expect(told({ cmd: "lifecycle", params: { phase: "activate" } }).rest).toBe("activate");
  const metrics = { cpu: 0.0058850000000000005, memory_mib: 12_345.678, queue: 70_000 };
  expect(said({ type: "heartbeat", timestamp: "2026-11-22T09:00:00Z", metrics }).rest).toBe(
    '{"cpu":0.005885,"memory_mib":12346,"queue":70000}',
  );
  const activity_signal = { mode: "active", keep_alive: true };
  expect(said({ type: "summary", seq: 4, data: { unread: 2, activity_signal } })).toMatchObject({
    name: "summary",
    rest: 'worked #4 {"unread":2}',
  });
  expect(said({ type: "summary", data: {} }).rest).toBe("passive {}");
  expect(said({ type: "ack", ack_command: "stop" }).rest).toBe("stop");
  expect(said({ type: "log", level: "warning", message: "low" }).rest).toBe("warning: low");
  expect(said({ type: "status", health: "ok", message: "at work" }).rest).toBe("ok at work");
  expect(said({ type: "brand-new", one: 1 })).toMatchObject({ name: "brand-new", rest: '{"one":1}', isWrong: false });
});

test("a line that a collector refuses is marked with why", () => {
  expect(lineText({ at_ms: 0, dir: "out", line: "hello" })).toEqual({
    arrow: "←",
    name: "not-json",
    rest: "hello",
    isWrong: true,
    isError: false,
  });
  expect(said({ type: "log" })).toMatchObject({ name: "invalid-field", isWrong: true });
  const bytes = Buffer.from([0xff, 0xfe]).toString("base64");
  expect(lineText({ at_ms: 0, dir: "out", line_base64: bytes })).toMatchObject({ name: "invalid-utf8", isWrong: true });
});

test("a raw line is whole but for what no terminal should get", () => {
  expect(rawText({ at_ms: 0, dir: "out", line: "a\u001B[2Jb" })).toBe("a\\u001b[2Jb");
  expect(rawText({ at_ms: 0, dir: "out", line: "x".repeat(20_000) })).toMatch(/^x{16384}… \(20000 characters\)$/);
});

test("a flood is let through by the second, and what was held back is counted once", () => {
  const gate = new LineGate(2);
  expect([0, 1, 2, 3].map((atMs) => gate.take(atMs).isOpen)).toEqual([true, true, false, false]);
  expect(gate.take(1000)).toEqual({ isOpen: true, held: 2 });
  expect(gate.take(1001)).toEqual({ isOpen: true, held: 0 });
  expect(gate.rest()).toBe(0);
});

test("a script and the sources beside it are watched, not what only runs it nor what was built or fetched", () => {
  mkdirSync(join(folder, "deep", "er"), { recursive: true });
  writeFileSync(join(folder, "agent.py"), "");
  const watched = watchedOf([process.execPath, "agent.py", "--depth", "3"], folder);
  expect(watched).toEqual({ files: [join(folder, "agent.py")], folders: [{ path: folder, depth: 3 }] });
  const counts = (path: string) => isOfAgent(join(folder, path), watched);
  expect(["agent.py", "spool.py", "deep/er/more.rs"].map(counts)).toEqual([true, true, true]);
  const none = ["notes.txt", "state.json", ".#agent.py", "node_modules/a/b.js", "../other.py", "a/b/c/d/e.py"];
  expect(none.map(counts)).toEqual(none.map(() => false));
});

test("a program is watched itself, a folder with its sources, and where nothing is named, this one", () => {
  writeFileSync(join(folder, "program"), "");
  const more = join(folder, "settings.json");
  expect(watchedOf(["./program"], folder, [more])).toEqual({ files: [more, join(folder, "program")], folders: [] });
  expect(watchedOf(["go", "run", "./deep"], folder).folders).toEqual([{ path: join(folder, "deep"), depth: 3 }]);
  expect(watchedOf(["cargo", "run"], folder)).toEqual({ files: [], folders: [{ path: folder, depth: 3 }] });
  expect(watchedOf(["python3", join(folder, "agent.py")], join(folder, "deep")).folders).toEqual([
    { path: folder, depth: 0 },
  ]);
});
