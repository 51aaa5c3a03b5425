import { tmpdir } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { Output } from "../../src/output.ts";
import { TerminalScreen } from "../../src/try/screen.ts";
import { captured } from "../captured.ts";

function screenAt(columns: number) {
  const { surroundings, out } = captured({ cwd: tmpdir(), terminal: { columns } });
  const screen = new TerminalScreen(new Output(surroundings, { json: false, quiet: false, verbose: false }), false);
  const said = (message: object) => screen.line({ at_ms: 0, dir: "out", line: JSON.stringify(message) }, 0);
  const complained = (line: string) => screen.line({ at_ms: 0, dir: "err", line }, 0);
  return { said, complained, out };
}

const PATH = `/home/somebody/${"a-long-folder/".repeat(5)}inbox`;

test("an error is told whole and in red at 80 columns; other messages are cut to a line", () => {
  const { said, out } = screenAt(80);
  said({ type: "error", message: `[Errno 2] No such file or directory: '${PATH}'` });
  said({ type: "log", level: "info", message: `looking at ${PATH} ${PATH}` });
  const lines = stripVTControlCharacters(out()).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const error = lines.slice(0, -1).map((line) => line.trim());
  expect(error.join("").replaceAll(" ", "")).toContain(PATH);
  expect(lines.at(-1)).toMatch(/← log .*…$/);
  expect(out()).toContain("\u001B[31m← error");
  expect(out()).toContain("\u001B[32m← log");
});

test("a line of stderr is told whole, within bounds", () => {
  const { complained, out } = screenAt(80);
  complained(`FileNotFoundError: [Errno 2] No such file or directory: '${PATH}'`);
  expect(stripVTControlCharacters(out()).replaceAll(/[\s│]/g, "")).toContain(PATH);
  complained("x".repeat(2000));
  expect(out().trimEnd().split("\n").length).toBeLessThan(10);
});
