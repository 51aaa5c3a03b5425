import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { Output } from "../src/output.ts";
import { LiveLine } from "../src/present/live-line.ts";
import { type Sink, withColumns } from "../src/surroundings.ts";
import { captured } from "./captured.ts";

const spoken = { json: false, quiet: false, verbose: false };

test("the live line is rewritten in place, steps aside for other lines and goes without a trace", () => {
  const { surroundings, out } = captured({ cwd: tmpdir(), env: { NO_COLOR: "1" }, terminal: { columns: 20 } });
  const output = new Output(surroundings, spoken);
  const live = new LiveLine(output, true);
  live.show("one");
  live.show("one");
  live.around(() => output.note("news"));
  live.show("a line that is too long for it");
  live.clear();
  live.clear();
  const erase = "\r\u001B[2K";
  expect(out()).toBe(`${erase}one${erase}news\none${erase}a line that is too…${erase}`);
});

test("a terminal of no columns has 80, any other as many as it says", () => {
  const terminals = [0, 20].map((columns) => ({ isTTY: true, columns }));
  for (const terminal of terminals) withColumns(terminal);
  expect(terminals.map(({ columns }) => columns)).toEqual([80, 20]);
});

test("away from a terminal there is no live line", () => {
  const { surroundings, out } = captured({ cwd: tmpdir() });
  const output = new Output(surroundings, spoken);
  const live = new LiveLine(output, true);
  live.show("one");
  live.around(() => output.note("news"));
  live.clear();
  expect(out()).toBe("news\n");
});

test("remarks are for people: none with --quiet or --json; warnings always, as an object with --json", () => {
  const said = (options: Partial<typeof spoken>) => {
    const { surroundings, out, err } = captured({ cwd: tmpdir() });
    const output = new Output(surroundings, { ...spoken, ...options });
    output.note("remark");
    output.warn("careful");
    return [out(), err()];
  };
  expect(said({})).toEqual(["remark\n", "warning: careful\n"]);
  expect(said({ quiet: true })).toEqual(["", "warning: careful\n"]);
  expect(said({ json: true })).toEqual(["", '{"warning":{"message":"careful"}}\n']);
});

test("JSON that a terminal would obey is escaped there, and means the same; elsewhere it is as it is", async () => {
  const value = { text: "a\u009B31m \u202E\u001B[2J\u0085é" };
  const shown = async (terminal: object) => {
    const { surroundings, out } = captured({ cwd: tmpdir(), ...terminal });
    await new Output(surroundings, { ...spoken, json: true }).json(value);
    return out();
  };
  expect(await shown({})).toBe(`${JSON.stringify(value)}\n`);
  const atTerminal = await shown({ terminal: { columns: 80 } });
  expect(atTerminal).toBe(String.raw`{"text":"a\u009b31m \u202e\u001b[2J\u0085é"}` + "\n");
  expect(JSON.parse(atTerminal)).toEqual(value);
});

test("printing waits for a reader that is slow, and not for one that is gone", async () => {
  const { surroundings } = captured({ cwd: tmpdir() });
  const listeners = new Map<string, (error?: NodeJS.ErrnoException) => void>();
  const stdout: Sink = {
    write: () => false,
    on: (event, listener) => listeners.set(event, listener),
    off: (event) => listeners.delete(event),
  };
  const output = new Output({ ...surroundings, stdout }, spoken);
  let printed = false;
  const printing = output.print("line").then(() => {
    printed = true;
    return printed;
  });
  await Promise.resolve();
  expect(printed).toBe(false);
  listeners.get("drain")?.();
  expect(await printing).toBe(true);
});
