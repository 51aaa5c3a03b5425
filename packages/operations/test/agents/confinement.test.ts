import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { confinementOf, withRealProgram } from "../../src/agents/confinement.ts";
import { enforcementOn } from "../../src/agents/enforcement.ts";
import { complaintHint, deathHint } from "../../src/agents/sandbox-hint.ts";
import { missedGrant, WALLED } from "../../src/agents/missed-grant.ts";
import type { AgentPlan } from "../../src/agents/plan/agent-plan.ts";
import { defaultConfig } from "../../src/config/index.ts";

let home = "";
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-confined-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function script(...parts: string[]): string {
  const path = join(home, ...parts);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "");
  return path;
}

function planOf(files: readonly string[], more: Partial<AgentPlan> = {}): AgentPlan {
  const program = { kind: "own", files, digest: null, manifest: null, folder: null };
  const plan = {
    label: "mine",
    granted: [],
    builtin: null,
    settings: {},
    executable: process.execPath,
    program,
    ...more,
  };
  return plan as unknown as AgentPlan;
}

function confined(plan: AgentPlan, data = "data") {
  const request = {
    executable: process.execPath,
    args: [...plan.program.files],
    cwd: home,
    environment: { HOME: home },
  };
  const place = { ownFolder: join(home, "own"), dataDir: join(home, data), env: { HOME: home } };
  return confinementOf(plan, request, null, place);
}

test("a script is shown with the folder it lies in, one in the home directory alone with its node_modules", () => {
  const deep = script("agents", "mine.mjs");
  expect(confined(planOf([deep])).program).toEqual([join(home, "agents")]);
  const bare = script("mine.mjs");
  expect(confined(planOf([bare])).program).toEqual([bare]);
  mkdirSync(join(home, "node_modules"));
  expect(confined(planOf([bare])).program).toEqual([bare, join(home, "node_modules")]);
});

test("what a script of Node's imports is shown: beside it, above it, and linked in from elsewhere", () => {
  const deep = script("work", "agents", "mine.mjs");
  for (const folder of ["work/node_modules/@a/b", "work/packages/c/src", "work/packages/d", "data/keys"])
    mkdirSync(join(home, folder), { recursive: true });
  for (const file of ["work", "work/packages/c", "work/packages/d", "data/keys"]) script(file, "package.json");
  symlinkSync("../packages/c", join(home, "work/node_modules/c"));
  symlinkSync("../../packages/d", join(home, "work/node_modules/@a/d"));
  // None of these may open what it leads to.
  symlinkSync(home, join(home, "work/node_modules/home"));
  symlinkSync(join(home, "data/keys"), join(home, "work/node_modules/keys"));
  symlinkSync("../packages", join(home, "work/node_modules/no-package"));
  const names = ["agents", "node_modules", "package.json", "packages/c", "packages/c/package.json"];
  const shown = [...names, "packages/d", "packages/d/package.json"].map((name) => join(home, "work", name));
  expect(confined(planOf([deep])).program.toSorted()).toEqual(shown);
});

test("files are open as far as granted: not at all, everywhere, or below the roots a package names", () => {
  const file = script("agents", "mine.mjs");
  expect(confined(planOf([file])).files).toBe("none");
  expect(confined(planOf([file], { granted: ["filesystem"] })).files).toBe("all");
  const folder = join(home, "agents");
  const manifest = { filesystem: { read: ["$HOME/notes", "$PLUGIN/lib"], write: ["$DATA/x"] } } as PluginManifest;
  const program = { kind: "package", files: [file], digest: null, manifest, folder } as const;
  const packaged = confined(planOf([], { program, granted: ["filesystem"] }));
  expect(packaged.files).toEqual({ read: [join(home, "notes"), join(folder, "lib")], write: [join(home, "own", "x")] });
  expect(packaged.program).toEqual([folder]);
  expect(confined(planOf([], { program })).files).toBe("none");
  expect(packaged.hidden).toEqual([join(home, "data")]);
});

test("with every file granted a script may write beside itself too, but not where the collector keeps its own", () => {
  const granted = ["filesystem"];
  expect(confined(planOf([script("agents", "mine.mjs")], { granted })).program).toEqual([]);
  expect(confined(planOf([script("data", "dev", "mine.mjs")], { granted })).program).toEqual([
    join(home, "data", "dev"),
  ]);
});

test("the control socket of a data directory with a long path is hidden where it lies", () => {
  const [dataDir, socketFolder = ""] = confined(planOf([]), "d".repeat(100)).hidden;
  expect(dataDir).toBe(join(home, "d".repeat(100)));
  expect(socketFolder).toMatch(/\/mimolo-[0-9a-f]{16}$/);
});

test("of a folder where the collector keeps its own a script is shown alone", () => {
  for (const folder of [[], ["trust"], ["control"], ["data", "agents", "other"]]) {
    const file = script("data", ...folder, "mine.mjs");
    expect(confined(planOf([file])).program).toEqual([file]);
  }
});

test("a program named by a link is started by its real path", () => {
  const real = script("real", "mine.mjs");
  symlinkSync(real, join(home, "link.mjs"));
  const request = { executable: process.execPath, args: ["--x", "link.mjs", "link.mjs"], cwd: home, environment: {} };
  expect(withRealProgram(request, planOf([real])).args).toEqual(["--x", real, "link.mjs"]);
});

test("every dimension is held or not, never both and never neither", () => {
  const { monitor } = defaultConfig();
  const all = "cpu environment files line-size memory network process-group rate subprocess".split(" ");
  for (const platform of ["linux", "darwin", "win32"] as const) {
    for (const holds of [[], ["files", "subprocess"], ["network", "files", "subprocess"]] as const) {
      for (const rate of [0, 100]) {
        const limits = { ...monitor, messages_per_s: rate, bytes_per_s: 0 };
        const { enforced, unenforced } = enforcementOn(platform, limits, holds);
        expect([...enforced, ...unenforced].toSorted()).toEqual(all);
        for (const wall of holds) expect(enforced).toContain(wall);
      }
    }
  }
});

const place = { dataDir: "/d", env: { MIMOLO_HOME: "/d" } };

test("who dies early behind walls and says nothing hears what it was not granted, and how that is changed", () => {
  const plan = planOf(["/home/u/my agent.py"], { granted: ["network"] });
  expect(deathHint(plan, 300, place)).toBe(
    "it ran in a sandbox without subprocess, filesystem; if it needs one of them: mimolo allow '/home/u/my agent.py' --grant network CAPABILITY",
  );
  expect(deathHint(plan, 60_000, place)).toBeNull();
  expect(deathHint(planOf([], { granted: ["network", "filesystem", "subprocess"] }), 300, place)).toBeNull();
});

test("a complaint that sounds like a wall leads to the one grant that opens it, and to no other", () => {
  const plan = planOf(["/x/a.py"], { granted: ["network"] });
  expect(complaintHint(plan, "Error: spawn git EPERM", place)).toBe(
    "it may not touch other programs, and what it said sounds as if it tried; if it should: mimolo allow /x/a.py --grant network subprocess",
  );
  expect(complaintHint(plan, "getaddrinfo EAI_AGAIN example.com", place)).toBeNull();
  expect(complaintHint(plan, "KeyError: 'unread'", place)).toBeNull();
  const program = { kind: "package", files: [], digest: null, manifest: null, folder: "/p" } as const;
  expect(complaintHint(planOf([], { program }), "fetch failed", place)).toMatch(
    /; its package does not ask for network; if it needs that, its author has to$/,
  );
});

test.each([
  ["network", "TypeError: fetch failed"],
  ["network", "getaddrinfo EAI_AGAIN example.com"],
  ["network", "socket.gaierror: [Errno -3] Temporary failure in name resolution"],
  ["network", "dial tcp: lookup example.com: no such host"],
  ["network", "curl: (6) Could not resolve host: example.com"],
  ["network", "OSError: [Errno 101] Network is unreachable"],
  ["subprocess", "Error: spawn git ENOENT"],
  ["subprocess", "    at Object.spawnSync (node:internal/child_process:1109:29)"],
  ["subprocess", "    self.pid = _fork_exec(\nPermissionError: [Errno 1] Operation not permitted"],
  ["subprocess", "agent.sh: 3: fork: Operation not permitted"],
  ["subprocess", "agent.sh: 3: date: not found"],
  ["subprocess", 'exec: "git": executable file not found in $PATH'],
  ["filesystem", "ENOENT: no such file or directory, scandir '/home/u/Documents'"],
  ["filesystem", "OSError: [Errno 30] Read-only file system: '/x/state.txt'"],
  ["filesystem", "open /home/u/notes: no such file or directory"],
])("of %s it is said: %s", (capability, complaint) => {
  expect(missedGrant(complaint, WALLED)).toBe(capability);
});
