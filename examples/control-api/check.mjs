// Plays docs/control-api.md against a real collector: what the page shows below a curl line has to be what it prints, its tables
// say what the document says, and both clients miss nothing when the collector is killed.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { commandIn, until } from "../drive-command.mjs";
import { asShown, linesOf } from "../drive-page.mjs";
import { events, paths } from "./what-the-page-says.mjs";

const here = import.meta.dirname;
const scratch = mkdtempSync(join(tmpdir(), "mimolo-api-"));
const [home, work, dataDir] = ["home", "work", "data"].map((name) => join(scratch, name));
const mimolo = commandIn(work, home, { MIMOLO_HOME: dataDir });
const block = linesOf("control-api.md", "control-api");
const isThere = (tool, ...trial) => spawnSync(tool, trial).status === 0;
const isPosix = process.platform !== "win32";
const hasCurl = isPosix && isThere("curl", "--json", "{}", "--version");
const hasPython = isPosix && isThere("python3", "-c", "pass");
/** What the terminal says when a grant is asked for over the port. */
const askedOf = /somebody asks over the API to give example\.inbox-count filesystem\..* the code is (\d{6}) \(until/;
let printed = "";
let address;

for (const folder of [home, work]) mkdirSync(folder);
const saving = setInterval(() => writeFileSync(join(work, "note.txt"), `${Date.now()}`), 200);
try {
  await whileCollecting("SIGTERM", async () => {
    await until(said, async () => (await records()).length > 4);
    await theTablesAreWhole();
    if (hasCurl) await thePageIsPlayed();
  });
  await clientsGoOn();
  const left = [hasCurl ? "" : "; no curl here", hasPython ? "" : "; no python3 here"].join("");
  console.log(`ok: what the page shows is what is answered, and a killed collector costs no client a record${left}`);
} finally {
  clearInterval(saving);
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function theTablesAreWhole() {
  const document = await (await fetch(`${address.http}/api/v1/openapi.json`)).json();
  assert.deepEqual(paths.said, paths.described(document));
  assert.deepEqual(events.said, events.described(document));
}

async function thePageIsPlayed() {
  cpSync(join(here, "..", "signed-plugin", "plugin"), join(work, "plugin"), { recursive: true });
  await mimolo.answer("key", "new", "--scope", "example.*");
  await mimolo.answer("plugin", "pack", "plugin", "--sign");
  for (const name of ["the socket", "the port", "a login", "a package", "a grant", "a list", "an error"]) played(name);
  let code;
  await until(said, () => (code = askedOf.exec(printed)?.[1]) !== undefined);
  played("a confirmed grant", (line) => line.replace(/"code":"\d{6}"/, `"code":"${code}"`));
}

/** One shell for a block, which knows the names that blocks before it made. */
function played(name, adapted = (line) => line) {
  const commands = block(name);
  const known = [...block("names"), block("the port")[0]].map(({ line }) => line);
  const port = new URL(address.http).port;
  const script = commands.map(
    ({ line }, at) => `printf '\\n== ${at} ==\\n'; ${adapted(line).replaceAll("7466", port)}`,
  );
  const env = { PATH: process.env.PATH, HOME: home, MIMOLO_HOME: dataDir };
  const { stdout, stderr } = spawnSync("sh", ["-c", [...known, ...script].join("\n")], {
    cwd: work,
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  const outputs = stdout.split(/\n== \d+ ==\n/).slice(1);
  for (const [at, command] of commands.entries()) asShown(command, `${outputs[at]}${stderr}`);
}

async function clientsGoOn() {
  const outDir = join(here, "dist");
  const target = { format: "esm", target: "node20.19" };
  await build({ entry: [join(here, "main.ts")], config: false, outDir, ...target, silent: true });
  const programs = [[process.execPath, join(outDir, "main.js")]];
  if (hasPython) programs.push(["python3", join(here, "client.py")]);
  const clients = [];
  try {
    await whileCollecting("SIGKILL", async () => {
      clients.push(...programs.map((program) => listener(program)));
      await until(said, () => clients.every(({ seen }) => seen.length > 2));
    });
    const before = clients.map(({ seen }) => seen.length);
    await whileCollecting("SIGTERM", () =>
      until(said, () => clients.every(({ seen }, at) => seen.length > before[at] + 4)),
    );
    const kept = await records();
    for (const { seen, listed } of clients) {
      assert.ok(listed() > 10, "all pages of the list were read");
      const expected = kept.filter((seq) => seq > listed() && seq <= seen.at(-1));
      assert.deepEqual(seen, expected, "each record was told once, in its order");
    }
  } finally {
    for (const { child } of clients) child.kill();
  }
}

/** A client at work, and the numbers of the records it told. */
function listener([command, ...words]) {
  const child = spawn(command, [...words, dataDir], { stdio: ["ignore", "pipe", "pipe"] });
  const seen = [];
  let newest = 0;
  let rest = "";
  child.stdout.on("data", (text) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop();
    for (const line of lines) {
      newest = Number(/^the newest record is (\d+)$/.exec(line)?.[1] ?? newest);
      if (/^\d+ [a-z_]+$/.test(line)) seen.push(Number.parseInt(line, 10));
    }
  });
  child.stderr.on("data", (text) => (printed += text));
  return { child, seen, listed: () => newest };
}

async function whileCollecting(end, scene) {
  const running = mimolo.start("run", "--port", "0");
  printed = "";
  for (const stream of [running.stdout, running.stderr]) stream.on("data", (text) => (printed += text));
  const ended = once(running, "exit");
  let flushing;
  try {
    await until(said, () => isThereAnAddress(running.pid));
    flushing = setInterval(() => void flush().catch(() => {}), 300);
    await scene();
  } finally {
    clearInterval(flushing);
    running.kill(end);
    await ended;
  }
}

/** Nobody waits here for the time of the next summary. */
async function flush() {
  const token = readFileSync(join(dataDir, "control", "token"), "utf8").trim();
  const asked = { method: "POST", headers: { authorization: `Bearer ${token}` } };
  await fetch(`${address.http}/api/v1/agents/folder-activity/flush`, asked);
}

function isThereAnAddress(pid) {
  try {
    address = JSON.parse(readFileSync(join(dataDir, "control", "address.json"), "utf8"));
    return address.pid === pid && address.http !== undefined;
  } catch {
    return false;
  }
}

async function records() {
  const { out } = await mimolo.ended("evidence", "--json");
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).seq);
}

function said() {
  return printed;
}
