// Types every line of docs/tutorial.md that begins with `$ `, in order, beginning with an empty folder, and looks for what the page shows
// below it. Only `npm install` is played: what it would fetch is linked from this repository.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { until } from "../drive-command.mjs";
import { asShown } from "../drive-page.mjs";
import { stepsOf } from "./read-page.mjs";

leaveWithout("sh");
/** What shows how things are at the moment: asked again until it is as the page shows it. */
const looks = /^npx mimolo (evidence|timeline|status|logs|plugin (list|config)) ?/;
/** What goes on until Ctrl-C. */
const stays = /^npx mimolo (run|try)\b(?!.*--(for|dry-run))/;

const packageOf = (name) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-tutorial-"));
const tools = join(scratch, "tools");
const people = new Map();
let running = null;
let typed = 0;

try {
  prepareTools();
  for (const step of stepsOf(readFileSync(join(import.meta.dirname, "..", "..", "docs", "tutorial.md"), "utf8")))
    await take(step);
  assert.ok(typed > 15, `only ${typed} lines were typed`);
  console.log(`ok: ${typed} lines of the tutorial typed, each printed what the page shows`);
} finally {
  running?.child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function take({ typed: line, shown, saved, text, by }) {
  if (line === undefined && saved === undefined) return interrupt();
  const person = (people.get(by) ?? people.set(by, newcomer(by))).get(by);
  if (saved !== undefined) return writeFileSync(join(person.folder, saved), text);
  typed += 1;
  if (line.startsWith("cd ")) person.folder = join(person.folder, line.slice(3));
  else if (/^npm (install|i)\b/.test(line)) linkPackages(person.folder);
  else if (stays.test(line)) await start(person, line, shown);
  else if (looks.test(line)) await look(person, line, shown);
  else {
    const { code, printed } = await ended(person, line);
    assert.equal(code, 0, `${line}\nended with ${code}\n${printed}${running?.said() ?? ""}`);
    asShown({ line, shown }, printed);
  }
}

/** Somebody with an empty home; folders that the page shares between people lie beside their homes. */
function newcomer(name) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  return { folder, home: folder };
}

/** `npx mimolo` as if it were installed. */
function prepareTools() {
  mkdirSync(tools);
  const command = join(packageOf("mimolo"), "bin", "mimolo.js");
  writeFileSync(join(tools, "npx"), `#!/bin/sh\nshift\nexec "${process.execPath}" "${command}" "$@"\n`);
  chmodSync(join(tools, "npx"), 0o755);
}

function linkPackages(folder) {
  mkdirSync(join(folder, "node_modules", "@mimolo"), { recursive: true });
  for (const name of ["mimolo", "@mimolo/agent-sdk"]) symlinkSync(packageOf(name), join(folder, "node_modules", name));
}

function shell({ folder, home }, line) {
  const PATH = [tools, dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { PATH, HOME: home, USERPROFILE: home, LANG: process.env.LANG, NO_COLOR: "1" };
  // `exec` where a signal has to reach the command itself.
  const child = spawn("sh", ["-c", stays.test(line) ? `exec ${line}` : line], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  return { child, said: () => said };
}

async function ended(person, line) {
  const { child, said } = shell(person, line);
  const [code] = await once(child, "close");
  return { code, printed: said() };
}

async function look(person, line, shown) {
  let seen = "";
  await until(
    () => `${line}\nprinted\n${seen}\n${running?.said() ?? ""}`,
    async () => {
      seen = (await ended(person, line)).printed;
      return isShown(line, shown, seen);
    },
  );
}

async function start(person, line, shown) {
  assert.equal(running, null, `${line}: what was started before was ended by Ctrl-C`);
  running = shell(person, line);
  await until(
    () => `${line}\nprinted\n${running.said()}`,
    () => isShown(line, shown, running.said()),
  );
}

async function interrupt() {
  const { child, said } = running;
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  assert.equal(code, 0, said());
  running = null;
}

function isShown(line, shown, printed) {
  try {
    asShown({ line, shown }, printed);
    return true;
  } catch {
    return false;
  }
}
