import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { main } from "../../src/main.ts";
import { whyNot } from "../../src/new/language-of.ts";
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

test("a pair there are no templates for, with the list of what there is", () => {
  const isThere = (kind: string, language: string) => language === "py" || (kind === "agent" && language === "sh");
  expect(whyNot("reporter", "sh", isThere)).toMatchObject({
    exitCode: 2,
    message: "there is no reporter in sh to begin with",
    hint: "There is agent: py sh; monitor: py; action: py; trigger: py; reporter: py",
  });
  expect(whyNot("agent", "sh", isThere)).toBeNull();
});

test("no language where nobody can be asked, with the list of those there are", async () => {
  expect(await refused("agent", "seas")).toMatchObject({ exit: 2, hint: "--lang ts, js, py, go, rust, sh" });
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
