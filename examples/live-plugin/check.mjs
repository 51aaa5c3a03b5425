// Plays docs/publish.md and docs/plugins.md with the real command: an author with a registry, and a user whose collector runs all
// the while. What the pages show below a command has to be what it prints.
import assert from "node:assert/strict";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "tsup";
import { commandIn, until } from "../drive-command.mjs";
import { asShown, pageOf } from "../drive-page.mjs";
import { lifeOfOne } from "./hooks.mjs";

const PEPPER = "not to be seen anywhere";
const scratch = mkdtempSync(join(tmpdir(), "mimolo live "));
const home = join(scratch, "home");
const notes = join(home, "notes");
const folder = join(scratch, "plugin");
const authorData = join(scratch, "author");
const userData = join(scratch, "user");
const mimolo = commandIn(scratch, home);
const user = (...words) => mimolo.answer(...words, "--data-dir", userData);
const publishing = pageOf("publish.md", "live-plugin");
const living = pageOf("plugins.md", "live-plugin");
let printed = "";

try {
  await prepare();
  await type(publishing("the author"), authorData);
  await theUserInstalls();
  await whileCollecting(["run"], userData, async () => {
    await stateIs("active");
    await evidenceComes("one.md");
    await itIsSwitched();
    await itIsNeeded();
    await itIsConfigured();
    await itIsUpgraded();
    await aBrokenVersionIsTakenBack();
    await evidenceComes("two.md");
  });
  await nothingIsLostOrTold();
  await aDevFolderIsFollowed();
  await anEmbedderHearsOfIt();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function prepare() {
  mkdirSync(notes, { recursive: true });
  for (const name of ["plugin", "goal", "mimolo.toml"])
    cpSync(join(import.meta.dirname, name), join(scratch, name), { recursive: true });
  writeFileSync(join(scratch, "pepper.txt"), `${PEPPER}\n`);
  await build({
    entry: { main: join(import.meta.dirname, "note-count.mjs") },
    outExtension: () => ({ js: ".mjs" }),
    config: false,
    clean: false,
    splitting: false,
    outDir: folder,
    format: "esm",
    target: "node20.19",
    noExternal: [/./],
    silent: true,
  });
}

async function theUserInstalls() {
  const keys = join(authorData, "trust", "keys");
  const [publicKey] = readdirSync(keys).filter((name) => name.endsWith(".pub"));
  copyFileSync(join(keys, publicKey), join(scratch, "example.pub"));
  await run({ words: ["allow", "."] }, userData);
  await type(publishing("the user"), userData);
  const { plugins } = await user("plugin", "list");
  const here = plugins.filter(({ plugin_id: id }) => id.startsWith("example.")).map(({ verdict }) => verdict);
  assert.deepEqual(here, ["trusted", "trusted"], "what the plugin needs came with it");
}

async function itIsSwitched() {
  await type(living("switching"), userData);
  await stateIs("active");
  console.log("ok: unloaded, loaded, reloaded, disabled, enabled");
}

async function itIsNeeded() {
  await type(living("needed"), userData, [0, 1]);
  const { agents } = await user("status");
  assert.ok(agents.some(({ plugin_id: id, state }) => id === "example.note-goal" && state === "running"));
  console.log("ok: what another plugin needs is not taken from it");
}

async function itIsConfigured() {
  await type(living("explain"), userData);
  await type(living("configure"), userData);
  await type(living("wrong"), userData, [2]);
  console.log("ok: every value has a source, a change is applied, a wrong one is refused");
}

async function itIsUpgraded() {
  raise("1.0.0", "1.1.0");
  await type(publishing("the next version"), authorData);
  await type(publishing("doctor"), userData, [0, 1]);
  await type(publishing("upgrade"), userData);
  assert.equal(await versionHere(), "1.1.0");
  console.log("ok: upgraded while it ran");
}

async function aBrokenVersionIsTakenBack() {
  const program = join(folder, "main.mjs");
  const whole = readFileSync(program, "utf8");
  writeFileSync(program, "throw new Error('this version is broken');\n");
  raise("1.1.0", "1.2.0");
  await run({ words: ["plugin", "publish", "./plugin", "--to", "registry"] }, authorData);
  await type(publishing("a broken version"), userData, [1]);
  writeFileSync(program, whole);
  assert.equal(await versionHere(), "1.1.0");
  await stateIs("active");
  console.log("ok: a broken version was taken back");
}

async function nothingIsLostOrTold() {
  const numbers = new Map();
  for (const { instance_id: instance, message } of await records()) {
    const stream = `${instance} ${message.stream}`;
    if (message.seq !== undefined) numbers.set(stream, [...(numbers.get(stream) ?? []), message.seq]);
  }
  for (const seqs of numbers.values())
    assert.deepEqual(
      seqs,
      [...new Set(seqs)].toSorted((a, b) => a - b),
      "nothing came twice",
    );
  const { out } = await mimolo.ended("evidence", "--kind", "gap", "--json", "--data-dir", userData);
  assert.doesNotMatch(out, /missing/, "nothing was lost");
  assert.equal((await user("verify")).ok, true);
  const told = readdirSync(userData, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(PEPPER));
  assert.deepEqual(told, [], "the pepper stands in no file of the data directory");
  assert.ok(!printed.includes(PEPPER), "and nothing printed it");
  console.log("ok: nothing lost, nothing doubled, the secret nowhere");
}

async function aDevFolderIsFollowed() {
  const devData = join(scratch, "dev");
  const dev = join(devData, "plugins", "dev", "note-count");
  cpSync(folder, dev, { recursive: true });
  const program = join(dev, "main.mjs");
  const text = readFileSync(program, "utf8");
  await whileCollecting(["run", "--dev"], devData, async (said) => {
    await stateIs("active", devData);
    writeFileSync(program, text.replace("notes: ", "notes there: "));
    await until(said, async () => /notes there: /.test((await mimolo.ended("logs", "--data-dir", devData)).out));
    writeFileSync(program, "throw new Error('half an edit');\n");
    await until(said, async () => /rolled-back/.test((await mimolo.ended("logs", "--data-dir", devData)).out));
    await stateIs("active", devData);
  });
  console.log("ok: an edited dev folder is reloaded, half an edit is not");
}

async function anEmbedderHearsOfIt() {
  const steps = ["is loaded", "has its settings", "observes", "observes no more", "is gone"];
  const expected = [...steps, ...steps].map((what) => `mimolo.system-load (load) ${what}`);
  assert.deepEqual(await lifeOfOne(join(scratch, "embedded")), expected);
  console.log("ok: an embedder hears of every step");
}

/** Everything a block of a page has somebody type; a command may end with one of `codes`. */
async function type(commands, dataDir, codes = [0]) {
  for (const command of commands) await run(command, dataDir, codes);
}

async function run({ words, shown = [] }, dataDir, codes = [0]) {
  const { code, out, err } = await mimolo.ended(...words, "--data-dir", dataDir);
  printed += out + err;
  assert.ok(codes.includes(code), `mimolo ${words.join(" ")} ended with ${code}\n${out}${err}`);
  asShown({ words, shown }, out + err);
}

function raise(from, to) {
  for (const name of ["plugin.toml", "main.mjs"]) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(`"${from}"`, `"${to}"`));
  }
}

async function versionHere() {
  const { plugins } = await user("plugin", "list");
  return plugins.find(({ plugin_id: id }) => id === "example.note-count").version;
}

async function stateIs(wanted, dataDir = userData) {
  let seen = "nothing yet";
  await until(
    () => `the plugin is ${wanted}; it is ${seen}\n${printed}`,
    async () => {
      const { plugins } = await mimolo.answer("plugin", "list", "--data-dir", dataDir);
      seen = plugins.find(({ plugin_id: id }) => id === "example.note-count")?.state;
      return seen === wanted;
    },
  );
}

async function evidenceComes(name) {
  const before = (await records()).filter(({ message }) => message.data?.written > 0).length;
  writeFileSync(join(notes, name), "a note");
  await until(
    () => `${name} is counted`,
    async () => (await records()).filter(({ message }) => message.data?.written > 0).length > before,
  );
}

async function records() {
  const { out } = await mimolo.ended("evidence", "--kind", "message", "--json", "--data-dir", userData);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Runs a collector meanwhile; `use` gets a function with what it said so far. */
async function whileCollecting(words, dataDir, use) {
  const collector = mimolo.start(...words, "--data-dir", dataDir);
  let said = "";
  for (const stream of [collector.stdout, collector.stderr])
    stream.on("data", (text) => {
      said += text;
      printed += text;
    });
  const ended = once(collector, "exit");
  try {
    return await use(() => said);
  } catch (error) {
    error.message += `\nThe collector said:\n${said}`;
    throw error;
  } finally {
    collector.kill("SIGTERM");
    await ended;
  }
}
