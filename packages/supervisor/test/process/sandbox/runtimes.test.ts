import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needs } from "../../../../../scripts/needs.ts";
import { type Confinement, confine, describeRuntime, probeSandbox } from "../../../src/index.ts";
import { boxed, outcome, place } from "./box.ts";

/** What a program prints in the box, its words first the executable's. */
async function prints(
  at: ReturnType<typeof place>,
  words: readonly [string, ...string[]],
  more: Partial<Confinement> = {},
) {
  const { code, stdout, stderr } = await outcome(boxed(at, words, more).request);
  return code === 0 ? stdout.trim() : `${code}: ${stderr}`;
}

function written(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const PYTHON = "import ctypes, json, sqlite3, ssl, threading, zoneinfo, sys; print(sys.prefix)\n";

describe.runIf(needs("bwrap"))("what runs an agent starts in the sandbox", () => {
  test("node by its name, as a module beside its own modules", async () => {
    const at = place();
    mkdirSync(join(at.program, "node_modules/a"), { recursive: true });
    written(join(at.program, "node_modules/a"), "index.js", "module.exports = 'from a module'");
    const main = written(at.program, "main.mjs", 'import a from "a"; import "node:worker_threads"; console.log(a)');
    expect(await prints(at, ["node", main])).toBe("from a module");
  });

  test("a script by its first line, with env and a link to node", async () => {
    const at = place();
    symlinkSync(process.execPath, join(at.outside, "node"));
    const script = written(at.program, "agent", "#!/usr/bin/env node\nconsole.log(process.argv.length)\n");
    const env = { PATH: `${at.outside}:${process.env["PATH"]}` };
    const runtime = describeRuntime(script, { env, cwd: at.program });
    expect(runtime).toMatchObject({ kind: "node", version: process.versions.node });
    expect(await prints(at, [script, "more"], { runtime })).toBe("3");
  });

  test("sh, which may fork itself but finds no program", async () => {
    const at = place();
    const script = written(at.program, "agent.sh", "x=$(echo inside); id 2>/dev/null; echo $x $?\n");
    expect(await prints(at, ["sh", script])).toBe("inside 127");
  });

  test.runIf(needs("python3"))("python, with the compiled part of its library", async () => {
    const at = place();
    const script = written(at.program, "agent.py", PYTHON);
    expect(await prints(at, ["python3", script])).toMatch(/^\/.*/);
    const forks = written(at.program, "forks.py", "import os\ntry: os.fork()\nexcept PermissionError: print('no')\n");
    expect(await prints(at, ["python3", forks])).toBe("no");
  });

  test.runIf(needs("python3"))("with network python believes whom it believes outside", async () => {
    const at = place();
    const text = "import ssl\nprint(len(ssl.create_default_context().get_ca_certs()))\n";
    const script = written(at.program, "agent.py", text);
    const outside = execFileSync("python3", [script], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
    expect(await prints(at, ["python3", script], { capabilities: new Set(["network"]) })).toBe(outside.trim());
  });

  test("with network a name is resolved as outside", async () => {
    const at = place();
    const script = written(
      at.program,
      "a.mjs",
      'import { lookup } from "node:dns/promises"; await lookup("localhost"); console.log("found")',
    );
    expect(await prints(at, ["node", script], { capabilities: new Set(["network"]) })).toBe("found");
  });

  test.runIf(needs("python3"))("python of a virtual environment, with what is installed there", async () => {
    const at = place();
    const venv = join(at.outside, "venv");
    execFileSync("python3", ["-m", "venv", "--without-pip", venv]);
    const python = join(venv, "bin/python");
    const site = execFileSync(python, ["-c", "import site; print(site.getsitepackages()[0])"], { encoding: "utf8" });
    written(site.trim(), "installed_there.py", "");
    const script = written(at.program, "agent.py", `import installed_there\n${PYTHON}`);
    expect(await prints(at, [python, script])).toBe(venv);
  });

  test.runIf(needs("cc"))("a program of its own, by its libraries alone", async () => {
    const at = place();
    const source = written(
      at.outside,
      "tries.c",
      `#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
int refused(long answer) { return answer == -1 ? errno : 0; }
int main(int argc, char **argv) {
  printf("mount %d unshare %d ptrace %d unix %d keys %d fork %d\\n",
    refused(mount("none", "/tmp", "tmpfs", 0, 0)), refused(unshare(CLONE_NEWUSER)), refused(ptrace(PTRACE_ATTACH, 1, 0, 0)),
    refused(socket(AF_UNIX, SOCK_STREAM, 0)), refused(syscall(SYS_keyctl, 0, -4, 1)), refused(fork()));
}`,
    );
    const program = join(at.program, "tries");
    execFileSync("cc", ["-o", program, source]);
    expect(describeRuntime(program, { env: {}, cwd: "/" }).kind).toBe("native");
    const held = "mount 1 unshare 1 ptrace 1 unix 1 keys 1 fork 1";
    expect(await prints(at, [program])).toBe(held);
    expect(await prints(at, [program], { verified: { path: program, bytes: readFileSync(program) } })).toBe(held);
  });

  test("the bytes that were judged run, whatever lies on the disk by then", async () => {
    const at = place();
    const path = written(at.program, "main.mjs", "console.log('another')");
    const bytes = new TextEncoder().encode("console.log('judged')");
    expect(await prints(at, [process.execPath, path], { verified: { path, bytes } })).toBe("judged");
    expect(await prints(at, [process.execPath, path], { program: [], verified: { path, bytes } })).toBe("judged");
  });

  test("a working folder that is not shown is there, empty but for what is", async () => {
    const at = place();
    mkdirSync(join(at.home, "agents"));
    const script = written(join(at.home, "agents"), "a.sh", "echo *; pwd\n");
    written(at.home, "diary", "");
    const here = confine(
      { executable: "sh", args: ["agents/a.sh"], cwd: at.home, environment: {} },
      {
        capabilities: new Set(),
        files: "none",
        ownFolder: at.ownFolder,
        program: [script],
        hidden: [at.data],
        runtime: describeRuntime("sh", {
          env: process.env,
          cwd: at.home,
        }),
      },
      probeSandbox(),
      { env: process.env, home: at.home },
    );
    expect((await outcome(here.request)).stdout).toBe(`agents\n${at.home}\n`);
  });

  test("an interpreter that did not answer is asked again", () => {
    const at = place();
    const python = written(at.outside, "python3", "#!/bin/sh\nexit 1\n");
    const env = { PATH: `${at.outside}:${process.env["PATH"]}` };
    const look = () => describeRuntime(python, { env, cwd: "/" });
    expect(look()).not.toHaveProperty("version");
    const answer = JSON.stringify({ executable: python, version: "3.0.0", mounts: [] });
    const { atime, mtime } = statSync(python);
    written(at.outside, "python3", `#!/bin/sh\necho '${answer}'\n`);
    utimesSync(python, atime, mtime);
    expect(look()).toMatchObject({ kind: "python", version: "3.0.0" });
  });

  test("a copy of an interpreter is an interpreter", async () => {
    const at = place();
    const copy = join(at.outside, "node");
    copyFileSync(process.execPath, copy);
    expect(describeRuntime("node", { env: { PATH: at.outside }, cwd: "/" })).toMatchObject({
      kind: "node",
      version: process.versions.node,
    });
    const script = written(at.program, "main.mjs", "console.log('runs')");
    expect(await prints(at, [copy, script])).toBe("runs");
  });

  test("what bears an interpreter's name and is not along PATH is never run outside of the sandbox", async () => {
    const at = place();
    const trace = join(at.outside, "trace");
    const text = `#!/bin/sh\necho ran > ${trace}; echo inside\n`;
    for (const name of ["python3", "node"]) {
      const program = written(at.program, name, text);
      const byFirstLine = written(at.program, "by-first-line", `#!${program}\n`);
      const relative = written(at.program, "by-relative-line", `#!./${name}\n`);
      expect(await prints(at, [program])).toBe("inside");
      for (const script of [program, byFirstLine, relative])
        describeRuntime(script, { env: { PATH: process.env["PATH"] }, cwd: at.program });
    }
    expect(existsSync(trace)).toBe(false);
  });

  test.runIf(needs("python3"))("a virtual environment somewhere is not run to be asked", () => {
    const at = place();
    const venv = join(at.outside, "venv");
    execFileSync("python3", ["-m", "venv", "--without-pip", venv]);
    const python = join(venv, "bin/python");
    const site = execFileSync(python, ["-c", "import site; print(site.getsitepackages()[0])"], { encoding: "utf8" });
    const trace = join(at.outside, "trace");
    written(site.trim(), "runs.pth", `import os; open(${JSON.stringify(trace)}, "w")\n`);
    expect(describeRuntime(python, { env: { PATH: process.env["PATH"] }, cwd: "/" }).kind).toBe("python");
    expect(existsSync(trace)).toBe(false);
  });

  test.runIf(needs("python3"))("a module beside a script is not run when its python is asked", () => {
    const at = place();
    const trace = join(at.outside, "trace");
    const evil = `open(${JSON.stringify(trace)}, "w")\nraise SystemExit(1)\n`;
    for (const name of ["json", "os", "sys", "sysconfig"]) written(at.program, `${name}.py`, evil);
    // As a version manager does, it chooses by the folder of the script.
    const real = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
    written(at.outside, "python3", `#!/bin/sh\nexec ${real} "$@"\n`);
    const env = { PATH: `${at.outside}:${process.env["PATH"]}` };
    const runtime = describeRuntime("python3", { env, cwd: at.program, firstFile: join(at.program, "agent.py") });
    expect(runtime).toHaveProperty("version");
    expect(existsSync(trace)).toBe(false);
  });

  test("a first line that leads to itself ends", () => {
    const at = place();
    const program = written(at.program, "loop", "#!./loop\n");
    expect(describeRuntime(program, { env: {}, cwd: at.program }).kind).toBe("native");
  });
});
