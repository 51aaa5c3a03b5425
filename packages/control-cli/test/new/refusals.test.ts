import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { main } from "../../src/main.ts";
import { captured } from "../captured.ts";

const cwd = mkdtempSync(join(tmpdir(), "mimolo new "));
mkdirSync(join(cwd, "mine"));
writeFileSync(join(cwd, "mine", "letter.txt"), "Dear Ada");

/** Whatever was refused, nothing was written. */
afterEach(() => {
  expect(readdirSync(cwd)).toEqual(["mine"]);
  expect(readdirSync(join(cwd, "mine"))).toEqual(["letter.txt"]);
  expect(readFileSync(join(cwd, "mine", "letter.txt"), "utf8")).toBe("Dear Ada");
});
afterAll(() => rmSync(cwd, { recursive: true }));

async function refused(...argv: string[]) {
  const { surroundings, err } = captured({ cwd });
  const exit = await main(["new", ...argv, "--json"], surroundings);
  const { error } = JSON.parse(err()) as { error: { code: string; message: string; hint: string } };
  return { exit, ...error };
}

test.each([
  ["its own name", ["agent", "mine", "--lang", "py"]],
  ["--dir", ["agent", "inbox", "--lang", "py", "--dir", "mine"]],
])("a folder with something in it, by %s", async (_by, argv) => {
  expect(await refused(...argv)).toMatchObject({
    exit: 1,
    code: "file-exists",
    hint: expect.stringContaining("--dir"),
  });
});

test.each([
  ["a\u001B[31mred", "a\\u001b[31mred"],
  ["two\nlines/deep", "two lines/deep"],
  ["\u202Eder", "\\u202eder"],
])("--dir %j: what is in it cannot be seen", async (dir, shown) => {
  expect(await refused("agent", "seas", "--lang", "py", "--dir", dir)).toMatchObject({
    exit: 2,
    message: `--dir "${shown}" has characters that cannot be seen; nothing was written`,
    hint: "Name another folder: mimolo new agent seas --lang py --dir FOLDER",
  });
});

const LANGUAGES = "Languages: ts, js, py, go, rust, sh.";
const KINDS = "Kinds: agent, monitor, action, trigger, reporter.";

test.each([
  [["agent", "seas"], "in which language?", ["mimolo new agent seas --lang py", LANGUAGES]],
  [["monitor", "--lang", "sh"], "what is it called?", ["mimolo new monitor NAME --lang sh"]],
  [["agent"], "what is it called, and in which language?", ["mimolo new agent NAME --lang py", LANGUAGES]],
  [
    ["--id", "acme.a", "--dir", "a b"],
    "what is it, what is it called, and in which language?",
    ["mimolo new agent NAME --lang py --id acme.a --dir 'a b'", KINDS, LANGUAGES],
  ],
])("%j where nobody can be asked, with a whole line to type", async (argv, message, hints) => {
  const [line, ...lists] = hints;
  expect(await refused(...argv)).toMatchObject({ exit: 2, message, hint: [`Type: ${line}`, ...lists].join("\n") });
});

test.each([
  [["tabs", "--lang", "py"], "agent, monitor, action, trigger, reporter", "mimolo new agent tabs --lang py"],
  [["7 seas"], "agent, monitor, action, trigger, reporter", "mimolo new agent seas --lang py"],
  [["agnt", "tabs"], "did you mean agent?", "mimolo new agent tabs --lang py"],
  [["tabs", "reporter", "--lang", "go"], "is no kind", "mimolo new reporter tabs --lang go"],
])("%j names no kind, with the line that was meant", async (argv, message, line) => {
  expect(await refused(...argv)).toMatchObject({
    exit: 2,
    message: expect.stringContaining(message),
    hint: expect.stringContaining(line),
  });
});

test.each([
  ["python", "py"],
  ["Python3", "py"],
  ["bash", "sh"],
  ["typescript", "ts"],
  ["javascript", "js"],
  ["golang", "go"],
  ["rs", "rust"],
  ["TS", "ts"],
  ["rustt", "rust"],
])("--lang %s: did you mean %s?", async (typed, meant) => {
  expect(await refused("agent", "tabs", "--lang", typed)).toMatchObject({
    exit: 2,
    message: `there is nothing in "${typed}" to begin with; did you mean ${meant}?`,
    hint: `Type: mimolo new agent tabs --lang ${meant}`,
  });
});

test("a language that is like none, with those there are", async () => {
  expect(await refused("agent", "tabs", "--lang", "fortran")).toMatchObject({ exit: 2, hint: LANGUAGES });
});

describe.runIf(existsSync("/proc/self"))("a folder that takes no other, at once", () => {
  test.each(["/proc/x", "/proc/x/y", "/proc/self/x"])("%s", async (folder) => {
    expect(await refused("agent", "tabs", "--lang", "py", "--dir", folder)).toMatchObject({
      exit: 1,
      message: `cannot write ${folder}: no folder can be made there`,
      hint: "Name another folder: mimolo new agent tabs --lang py --dir FOLDER",
    });
  });
});

test.each([
  ["7 seas", "seas?"],
  ["../mine", "mine?"],
  ["", "my-agent?"],
])("%j as a name, with one that can be", async (name, proposal) => {
  expect(await refused("agent", name, "--lang", "py")).toMatchObject({
    exit: 2,
    message: expect.stringContaining(proposal),
    hint: expect.stringContaining("Nothing was written."),
  });
});

test("an id that is none, with one that is", async () => {
  expect(await refused("agent", "inbox", "--lang", "py", "--id", "Acme Inbox")).toMatchObject({
    exit: 2,
    message: expect.stringContaining("--id acme-inbox?"),
    hint: expect.stringContaining("Nothing was written."),
  });
});
