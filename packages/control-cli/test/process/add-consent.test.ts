// What `mimolo add` asks before it allows a program, and what that program may touch then.
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { dataDirectory } from "@mimolo/operations/reading";
import { readTrust } from "@mimolo/operations/trust";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";
import { atTerminal } from "./terminal.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const NOTHING_MORE =
  "It may read the folder it lies in, and write its own data folder: no network, no\nother files, no other programs.";
const BESIDE = "It may touch, beside the folder it lies in (to read) and its own data folder:";
const SHELL = "It is a shell script, so it may start other programs: without that it can do nothing.";
const OTHER_PROGRAMS = /high +Other programs 🧰 +Starts other programs\./;

/** A shell script, one for an interpreter and a binary. */
function withPrograms() {
  const at = place();
  const todo = join(at.folder, "todo.sh");
  writeFileSync(todo, "#!/bin/sh\necho buy milk\n");
  chmodSync(todo, 0o755);
  writeFileSync(join(at.folder, "queue.mjs"), "console.log(1);\n");
  copyFileSync("/bin/true", join(at.folder, "check"));
  const mine = ["--data-dir", at.dataDir];
  const granted = (name: string) =>
    readTrust(dataDirectory(at.dataDir).trustFile).allow.find(({ path }) => path === join(at.folder, name))?.grants;
  /** What stands on the screen when it is agreed to. */
  const agreed = async (label: string, command: readonly string[], ...more: string[]) => {
    const steps = [["as it is now?", "y"]] as const;
    const { code, screen } = await atTerminal(
      at,
      steps,
      "add",
      label,
      "--as",
      "lines",
      ...mine,
      ...more,
      "--",
      ...command,
    );
    expect(code, screen).toBe(0);
    return stripVTControlCharacters(screen).replaceAll("\r", "");
  };
  return { at, mine, granted, agreed };
}

test.runIf(needs("python3") && needs("sh"))("the question says what is granted with a yes, and no less", async () => {
  const { at, granted, agreed } = withPrograms();
  const shell = await agreed("todo", ["./todo.sh"]);
  expect(shell).toContain(`${BESIDE}\n`);
  expect(shell).toMatch(OTHER_PROGRAMS);
  expect(shell).toContain(SHELL);
  expect(shell).toContain(`It begins ${join(at.folder, "mimolo.toml")}`);
  expect(granted("todo.sh")).toEqual(["subprocess"]);
  const interpreted = await agreed("queue", ["node", "queue.mjs"], "--quiet");
  expect(interpreted).toContain(NOTHING_MORE);
  expect(interpreted).not.toContain("It begins");
  expect(granted("queue.mjs")).toEqual([]);
  const binary = await agreed("check", ["./check"], "--grant", "network");
  expect(binary).toContain(BESIDE);
  expect(binary).toMatch(/low +Network 🌐 +Talks to other machines\./);
  expect(binary).not.toContain("Other programs");
  expect(granted("check")).toEqual(["network"]);
});

test.runIf(needs("sh"))("--yes asks nothing, and says afterwards what that granted", async () => {
  const { at, mine, granted } = withPrograms();
  const added = (label: string, ...more: string[]) =>
    mimolo(at, "add", label, "--as", "lines", "--yes", ...mine, ...more).ended;
  const shell = await added("todo", "--", "sh", "todo.sh");
  expect(shell.out).toContain(BESIDE);
  expect(shell.out).toMatch(OTHER_PROGRAMS);
  expect(shell.out).toContain(SHELL);
  const interpreted = await added("queue", "--", "node", "queue.mjs");
  expect(interpreted.out.replaceAll("\n  ", "\n")).toContain(NOTHING_MORE);
  const binary = await added("check", "--json", "--grant", "network", "--", "./check");
  expect(JSON.parse(binary.out)).toMatchObject({ allowed: true, granted: ["network"] });
  expect(granted("check")).toEqual(["network"]);
  const later = await mimolo(at, "add", "later", "--as", "lines", "--json", ...mine, "--", "./check").ended;
  expect(JSON.parse(later.out)).toMatchObject({ allowed: false, granted: [] });
});
