import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { namesOf } from "../../src/new/names.ts";
import { render } from "../../src/new/render.ts";
import { writeFolder } from "../../src/new/write.ts";

describe.runIf(needs("python3"))("in Python, what fails says in which line, and goes on", () => {
  test.each([
    ["look", "self.known = names", "self.known = nul"],
    ["summarize", 'data = {"came"', "data = {nul"],
  ])("in %s", (_where, right, wrong) => {
    const read = namesOf("typo", "agent");
    if (!read.ok) throw new Error(read.why);
    const files = new Map(
      render({ kind: "agent", language: "py", names: read.names, author: "Ada", version: "0.4.0" }),
    );
    const main = (files.get("main.py") ?? "").replace(right, wrong);
    files.set("main.py", main);
    const line = main.slice(0, main.indexOf(wrong)).split("\n").length;
    const folder = join(mkdtempSync(join(tmpdir(), "mimolo new ")), "typo");
    writeFolder(folder, files);
    const input = '{"cmd":"flush","id":"1"}\n{"cmd":"shutdown"}\n';
    const { status, stdout, stderr } = spawnSync("python3", ["main.py"], { cwd: folder, input, encoding: "utf8" });
    rmSync(join(folder, ".."), { recursive: true });
    expect(stdout).toContain(`"message":"main.py:${line}: NameError: name 'nul' is not defined"`);
    expect(stdout.trim().split("\n").at(-1)).toContain('"type":"ack"');
    expect(stderr).toMatch(/^Traceback [^]*main\.py[^]*NameError/);
    expect(status).toBe(0);
  });
});
