import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test, vi } from "vitest";
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

test("what is there is never replaced, and what cannot be is said with what can", async () => {
  const at = place();
  const refused = async (...argv: string[]) => {
    const { code, err } = await mimolo(at, "new", ...argv, "--json").ended;
    expect(code).not.toBe(0);
    const { error } = JSON.parse(err) as { error: { code: string; message: string; hint: string } };
    return error;
  };
  mkdirSync(join(at.folder, "mine"));
  writeFileSync(join(at.folder, "mine", "letter.txt"), "Dear Ada");
  expect(await refused("agent", "mine", "--lang", "py")).toMatchObject({ code: "file-exists" });
  expect(readdirSync(join(at.folder, "mine"))).toEqual(["letter.txt"]);
  expect(await refused("agent", "7 seas", "--lang", "py")).toMatchObject({ message: expect.stringContaining("seas?") });
  expect(await refused("agent", "seas")).toMatchObject({ hint: expect.stringContaining("ts, js, py, go, rust, sh") });
  expect(readdirSync(at.folder)).toEqual(["mine"]);
});
