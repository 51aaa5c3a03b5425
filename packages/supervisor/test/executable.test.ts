import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { candidatesOf, resolveExecutable } from "../src/executable.ts";
import { KnownExecutables } from "../src/known-executables.ts";

const folder = mkdtempSync(join(tmpdir(), "mimolo executables "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, mode: number) => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
};
const agent = put("agent.sh", 0o755);
const plain = put("plain.sh", 0o644);
const inBin = put("bin/tool", 0o755);
put("first/tool", 0o644);
const env = { PATH: [join(folder, "first"), join(folder, "bin")].join(":") };
const resolve = (command: string, cwd = folder) => resolveExecutable(command, { cwd, env });

test("a relative path is taken from the working folder, a bare name from PATH, an absolute one as it is", () => {
  expect(resolve("./agent.sh")).toEqual({ ok: true, path: agent });
  expect(resolve(agent)).toEqual({ ok: true, path: agent });
  expect(resolve("tool")).toEqual({ ok: true, path: inBin });
  expect(resolve("agent.sh")).toMatchObject({ ok: false, code: "not-found" });
});

test("a link is followed for the question, not in the answer: some programs go by their name", () => {
  const link = join(folder, "link");
  symlinkSync(agent, link);
  expect(resolve("./link")).toEqual({ ok: true, path: link });
});

test("missing and not executable are told apart, in words that help", () => {
  expect(resolve("./absent.sh")).toEqual({
    ok: false,
    code: "not-found",
    message: `there is no ${join(folder, "absent.sh")}`,
  });
  expect(resolve("absent")).toEqual({ ok: false, code: "not-found", message: "there is no absent in PATH" });
  expect(resolve("./plain.sh")).toEqual({
    ok: false,
    code: "not-executable",
    message: `${plain} is not executable: chmod +x ${plain}`,
  });
  expect(resolve("./bin")).toEqual({
    ok: false,
    code: "not-executable",
    message: `${join(folder, "bin")} is a folder`,
  });
});

test("a working folder that does not exist is named as such", () => {
  expect(resolve("tool", join(folder, "nowhere"))).toMatchObject({
    code: "not-found",
    message: expect.stringContaining("the working folder"),
  });
});

test("on Windows a name stands for each extension of PATHEXT in each folder of Path, the working folder first", () => {
  const context = {
    cwd: "C:\\work",
    env: { Path: "C:\\bin;D:\\tools", PATHEXT: ".EXE;.CMD" },
    platform: "win32" as const,
  };
  expect(candidatesOf("agent", context)).toEqual([
    "C:\\work\\agent.EXE",
    "C:\\work\\agent.CMD",
    "C:\\bin\\agent.EXE",
    "C:\\bin\\agent.CMD",
    "D:\\tools\\agent.EXE",
    "D:\\tools\\agent.CMD",
  ]);
  expect(candidatesOf("sub\\agent.exe", context)).toEqual(["C:\\work\\sub\\agent.exe"]);
});

test("where it was is known for a second, what was missing is looked for again", () => {
  const here = join(folder, "known");
  mkdirSync(here);
  const file = join(here, "agent");
  const context = { cwd: here, env: { PATH: here } };
  let nowMs = 0;
  const known = new KnownExecutables(() => nowMs);
  expect(known.resolve("agent", context).ok).toBe(false);
  writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  expect(known.resolve("agent", context)).toEqual({ ok: true, path: file });
  rmSync(file);
  expect(known.resolve("agent", context).ok).toBe(true);
  nowMs = 1_000;
  expect(known.resolve("agent", context)).toMatchObject({ ok: false, code: "not-found" });
});
