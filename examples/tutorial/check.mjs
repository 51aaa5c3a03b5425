// Types every line of docs/tutorial.md that begins with `$ `, in order, beginning with an empty folder, and looks for what the page shows
// below it. Only `npm install` is played: what it would fetch is linked from this repository.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { until } from "../drive-command.mjs";
import { asShown } from "../drive-page.mjs";
import { stepsOf } from "./read-page.mjs";

leaveWithout("sh");
/** What shows how things are at the moment: asked again until it is as the page shows it. */
const looks = /^npx mimolo (evidence|timeline|status|logs|plugin (list|config)) ?/;
/** What goes on until Ctrl-C. */
const stays = /^npx mimolo (run|try)\b(?!.*--(for|dry-run))/;

const require = createRequire(import.meta.url);
/** Folders of what `npm install` would fetch, by name. */
const packages = {
  mimolo: dirname(require.resolve("mimolo/package.json")),
  "@mimolo/agent-sdk": dirname(require.resolve("@mimolo/agent-sdk/package.json")),
  esbuild: dirname(require.resolve("esbuild/package.json")),
};
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-tutorial-"));
const tools = join(scratch, "tools");
const home = join(scratch, "home");
const environment = { PATH: [tools, dirname(process.execPath), process.env.PATH].join(delimiter), HOME: home };
let here = home;
let running = null;
let typed = 0;
/** What the page calls PUBLIC_FILE: where `key new` said it was. */
let publicFile = "";

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

async function take({ typed: line, shown, file, adds, text }) {
  if (file !== undefined) return writeFileSync(join(here, file), text, { flag: adds ? "a" : "w" });
  if (line === undefined) return interrupt();
  typed += 1;
  const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
  if (name !== undefined) environment[name] = value.replace("$HOME", home);
  else if (line.startsWith("cd ")) here = resolve(here, line.slice(3).replace("~", home));
  else if (/^npm (install|i)\b/.test(line)) linkPackages();
  else if (stays.test(line)) await start(line, shown);
  else if (looks.test(line)) await look(line, shown);
  else {
    const { code, printed } = await ended(line.replace("PUBLIC_FILE", publicFile));
    assert.equal(code, 0, `${line}\nended with ${code}\n${printed}${running?.said() ?? ""}`);
    asShown({ line, shown }, printed);
    publicFile = /^ *public file +(.+)$/m.exec(printed)?.[1] ?? publicFile;
  }
}

/** `npx mimolo` as if it were installed. */
function prepareTools() {
  for (const folder of [tools, home]) mkdirSync(folder);
  const command = join(packages.mimolo, "bin", "mimolo.js");
  writeFileSync(join(tools, "npx"), `#!/bin/sh\nshift\nexec "${process.execPath}" "${command}" "$@"\n`);
  chmodSync(join(tools, "npx"), 0o755);
}

/** What `npm install` would leave. */
function linkPackages() {
  const modules = join(here, "node_modules");
  for (const folder of ["@mimolo", ".bin"]) mkdirSync(join(modules, folder), { recursive: true });
  for (const [name, folder] of Object.entries(packages)) symlinkSync(folder, join(modules, name));
  symlinkSync(join(modules, "esbuild", "bin", "esbuild"), join(modules, ".bin", "esbuild"));
}

function shell(line) {
  // `exec` where a signal has to reach the command itself.
  const child = spawn("sh", ["-c", stays.test(line) ? `exec ${line}` : line], {
    cwd: here,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  return { child, said: () => said };
}

async function ended(line) {
  const { child, said } = shell(line);
  const [code] = await once(child, "close");
  return { code, printed: said() };
}

async function look(line, shown) {
  let seen = "";
  await until(
    () => `${line}\nprinted\n${seen}\n${running?.said() ?? ""}`,
    async () => {
      seen = (await ended(line)).printed;
      return isShown(line, shown, seen);
    },
  );
}

async function start(line, shown) {
  assert.equal(running, null, `${line}: what was started before was ended by Ctrl-C`);
  running = shell(line);
  await until(
    () => `${line}\nprinted\n${running.said()}`,
    () => isShown(line, shown, running.said()),
  );
}

async function interrupt() {
  const { child, said } = running;
  child.kill("SIGINT");
  const [code] = await once(child, "exit");
  assert.equal(code, 130, said());
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
