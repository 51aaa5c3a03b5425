import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { nodeFlags } from "../../src/sandbox/node-flags.ts";

const rules = { version: "20.20.2", read: [], write: [], subprocess: false, network: false, walled: false };
const reads = (read: readonly string[]) =>
  nodeFlags({ ...rules, read })
    ?.filter((flag) => flag.startsWith("--allow-fs-read="))
    .map((flag) => flag.slice("--allow-fs-read=".length)) ?? null;

test("a path named twice, or inside another, is said once", () => {
  expect(reads(["/a/b", "/a/b/c", "/a/b", "/d"])).toEqual(["/a/b", "/d"]);
  expect(reads(["/a", "*"])).toEqual(["*"]);
});

test("paths that Node would read wrong are not said at all", () => {
  expect(reads(["/a/work", "/a/work2"])).toBeNull();
  expect(reads(["/a,b"])).toBeNull();
  expect(reads(["/a*"])).toBeNull();
});

test("versions without a permission model get no flags", () => {
  expect(nodeFlags({ ...rules, version: "18.20.0" })).toBeNull();
  expect(nodeFlags({ ...rules, version: "24.1.0" })?.[0]).toBe("--permission");
});

test("what escapes Node's rules may be only where another wall stands", () => {
  const flags = (version: string, walled: boolean) => nodeFlags({ ...rules, version, walled })?.join(" ") ?? "";
  expect(flags("20.20.2", true)).toContain("--allow-worker --allow-addons");
  expect(flags("20.20.2", false)).not.toMatch(/worker|addons|sqlite/);
  expect(flags("24.1.0", false)).toContain("--no-experimental-sqlite");
  expect(flags("24.1.0", true)).not.toContain("sqlite");
});

test("this Node reads the folders it was given, whatever is said of what lies in them", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-flags-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "work", "data"), { recursive: true });
  const read = [join(folder, "work", "data"), join(folder, "work"), join(folder, "work")];
  const flags = nodeFlags({ ...rules, version: process.versions.node, read });
  const look = `for (const at of ["work", "work/data", "."])
    try { console.log(require("fs").readdirSync("${folder}/" + at).length) } catch (error) { console.log(error.code) }`;
  const { stdout, stderr } = spawnSync(process.execPath, [...(flags ?? []), "-e", look], { encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "1\n0\nERR_ACCESS_DENIED\n", stderr: "" });
});
