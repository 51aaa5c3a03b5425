import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyFolder, readFolder } from "../../../src/plugins/reload/copy-folder.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mimolo-copy-"));
  put("plugin/plugin.toml", "[plugin]");
  put("plugin/lib/more.mjs", "export const one = 1;");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = () => readFolder(join(root, "plugin"));

test("what belongs to a plugin is copied; modules are linked to, and what hides or is left behind stays", () => {
  put("plugin/.git/config", "x");
  put("plugin/.main.mjs.swp", "x");
  put("plugin/__pycache__/main.pyc", "x");
  put("plugin/debug.log", "x");
  put("plugin/node_modules/dep/index.mjs", "export {};");
  put("elsewhere.mjs", "export const two = 2;");
  symlinkSync(join(root, "elsewhere.mjs"), join(root, "plugin/linked.mjs"));
  const files = read();
  expect(files?.files).toEqual(["lib/more.mjs", "linked.mjs", "plugin.toml"].map((path) => join(path)));
  if (files === null) return;
  copyFolder(join(root, "plugin"), files, join(root, "copy"));
  expect(readFileSync(join(root, "copy/linked.mjs"), "utf8")).toBe("export const two = 2;");
  expect(existsSync(join(root, "copy/node_modules/dep/index.mjs"))).toBe(true);
  expect(existsSync(join(root, "copy/.git"))).toBe(false);
});

test("modules further up are found from the copy", () => {
  put("node_modules/dep/index.mjs", "export {};");
  const files = read();
  if (files !== null) copyFolder(join(root, "plugin"), files, join(root, "data/copy"));
  expect(existsSync(join(root, "data/copy/node_modules/dep/index.mjs"))).toBe(true);
});

test("the fingerprint changes with names and bytes, and with nothing else", () => {
  const before = read()?.fingerprint;
  put("plugin/lib/more.mjs", "export const one = 1;");
  put("plugin/notes.log", "new");
  expect(read()?.fingerprint).toBe(before);
  put("plugin/lib/more.mjs", "export const one = 2;");
  expect(read()?.fingerprint).not.toBe(before);
});

test("a folder that is larger than a plugin may be, or is not there, is not copied", () => {
  for (let count = 0; count < 2_001; count += 1) put(`plugin/many/${count}`, "");
  expect(read()).toBeNull();
  expect(readFolder(join(root, "gone"))).toBeNull();
});

test("a tree that is no plugin's is given up before it takes seconds", () => {
  for (let count = 0; count < 501; count += 1) mkdirSync(join(root, "plugin/many", `${count}`), { recursive: true });
  expect(read()).toBeNull();
  rmSync(join(root, "plugin/many"), { recursive: true });
  for (let count = 0; count < 10_000; count += 1) put(`plugin/logs/${count}.log`, "");
  expect(read()).toBeNull();
});

test.skipIf(process.platform === "win32")("a pipe in the place of a file that was read holds nobody up", () => {
  const files = read();
  const file = join(root, "plugin/lib/more.mjs");
  rmSync(file);
  execFileSync("mkfifo", [file]);
  expect(read()?.files).toEqual(["plugin.toml"]);
  expect(() => files !== null && copyFolder(join(root, "plugin"), files, join(root, "copy"))).toThrow(
    "no file any more",
  );
});
