import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Compilers and whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const run = promisify(execFile);
const HERE = [
  ["py", needs("python3")],
  ["sh", needs("sh")],
  ["go", needs("go")],
  ["rust", needs("cargo") && needs("cc")],
] as const;

/** What the compilers keep lies in the home of whoever runs this. */
const toolchains = {
  CARGO_HOME: process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"),
  RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup"),
  GOCACHE: process.env["GOCACHE"] ?? join(homedir(), ".cache", "go-build"),
  GOFLAGS: "-mod=mod",
};

describe.each(HERE)("an agent in %s", (language, isHere) => {
  test.runIf(isHere)("from an empty folder to evidence, as it says itself", async () => {
    const at = place();
    const env = { ...at.env, ...toolchains };
    const answer = async (folder: string, ...argv: string[]) => {
      const { code, out, err } = await mimolo({ folder, env }, ...argv, "--data-dir", at.dataDir).ended;
      expect({ argv, code, err, said: code === 0 ? "" : out }).toMatchObject({ argv, code: 0, said: "" });
      return out;
    };
    const made = await answer(at.folder, "new", "agent", "drop", "--lang", language, "--id", "acme.drop", "--json");
    const { path, files, next } = JSON.parse(made) as { path: string; files: string[]; next: string[] };
    expect(files).toEqual(expect.arrayContaining(["README.md", "plugin.toml", "plugin.schema.json"]));
    for (const line of next) {
      const [program, ...words] = line.replaceAll("'", "").split(" ");
      if (program === "mimolo") await answer(path, ...words);
      else await run("sh", ["-c", line], { cwd: path, env });
    }
    expect(readdirSync(path)).toContain("acme.drop-0.1.0.mmpkg");
    await answer(at.folder, "run", "--for", "4s", "--no-dashboard");
    const records = await answer(at.folder, "evidence", "--json", "--kind", "message");
    expect(records).toContain('"came":0');
    expect(records).toContain('"trust":"trusted"');
    expect(records).toContain('"plugin_id":"acme.drop"');
  });
});

describe("what cannot be is refused, and nothing is written", () => {
  const at = place();
  mkdirSync(join(at.folder, "mine"));
  writeFileSync(join(at.folder, "mine", "letter.txt"), "Dear Ada");
  afterEach(() => {
    expect(readdirSync(at.folder)).toEqual(["mine"]);
    expect(readdirSync(join(at.folder, "mine"))).toEqual(["letter.txt"]);
    expect(readFileSync(join(at.folder, "mine", "letter.txt"), "utf8")).toBe("Dear Ada");
  });
  const refused = async (...argv: string[]) => {
    const { code, err } = await mimolo(at, "new", ...argv, "--json").ended;
    const { error } = JSON.parse(err) as { error: { code: string; message: string; hint: string } };
    return { exit: code, ...error };
  };

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
    ["action", "rust"],
    ["reporter", "sh"],
  ])("%s in %s, with the list of what there is", async (kind, language) => {
    const { exit, message, hint } = await refused(kind, "inbox", "--lang", language);
    expect({ exit, message }).toEqual({ exit: 2, message: `there is no ${kind} in ${language} to begin with` });
    expect(hint).toContain("agent: ts js py go rust sh; monitor: ts js py go;");
  });

  test("no language, with the list of those there are", async () => {
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
});
