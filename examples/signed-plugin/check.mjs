// Runs what docs/trust.md tells an author and a user to type, with the real command, and asserts what comes of it. The two are two
// data directories of one scratch folder.
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
import { commandIn, until } from "../drive-command.mjs";

const scratch = mkdtempSync(join(tmpdir(), "mimolo signed "));
const home = join(scratch, "home");
const inbox = join(home, "inbox");
const folder = join(scratch, "plugin");
const packaged = join(scratch, "example.inbox-count-1.0.0.mmpkg");
const config = join(scratch, "mimolo.toml");
const authorData = join(scratch, "author");
const userData = join(scratch, "user");
const mimolo = commandIn(scratch, home);
const author = (...words) => mimolo.answer(...words, "--data-dir", authorData);
const user = (...words) => mimolo.answer(...words, "--data-dir", userData);

mkdirSync(inbox, { recursive: true });
cpSync(join(import.meta.dirname, "plugin"), folder, { recursive: true });
cpSync(join(import.meta.dirname, "mimolo.toml"), config);
try {
  await theAuthorPublishes();
  await theUserInstalls();
  await itRuns();
  await whatWasChangedIsRefused();
  await whatARevokedKeySignedIsRefused();
  await aScriptIsAllowed();
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function theAuthorPublishes() {
  await type("the author", authorData);
  const again = await author("plugin", "pack", folder, "--sign", "--out", join(scratch, "again.mmpkg"));
  assert.deepEqual(readFileSync(again.path), readFileSync(packaged), "the same folder gives the same bytes");
}

async function theUserInstalls() {
  const keys = join(authorData, "trust", "keys");
  const [publicKey] = readdirSync(keys).filter((name) => name.endsWith(".pub"));
  copyFileSync(join(keys, publicKey), join(scratch, "example.pub"));
  assert.equal((await refusal(user("plugin", "verify", packaged))).verdict, "unknown-key");
  const [trust, verify, install] = commandsOf("the user");
  await run(trust, userData);
  await run(verify, userData);
  const unasked = install.slice(0, install.indexOf("--grant"));
  const { error } = await refusal(user(...unasked));
  assert.match(`${error.message} ${error.hint}`, /filesystem/, "where nobody can be asked, the error names the grant");
  await run(install, userData);
}

async function itRuns() {
  const { agents } = await whileCollecting(async (agentIs) => {
    await agentIs("running");
    writeFileSync(join(inbox, "letter.txt"), "Dear Ada");
    await until(
      () => "the letter is evidence",
      async () => (await summaries()).some(({ files }) => files === 1),
    );
    return await user("status");
  });
  const [agent] = agents;
  assert.deepEqual([agent.verdict, agent.granted], ["trusted", ["filesystem"]]);
  for (const dimension of ["network", "files", "subprocess"])
    assert.ok(
      [...agent.enforced, ...agent.unenforced].includes(dimension),
      `it is said whether ${dimension} is enforced`,
    );
  const verified = await user("verify");
  assert.equal(verified.ok, true);
  assert.ok(
    verified.days.some(({ ledger }) => ledger === "audit"),
    "the audit is verified with the evidence",
  );
  console.log(`ok: packed, signed, installed, granted, run; enforced: ${agent.enforced.join(", ")}`);
}

async function whatWasChangedIsRefused() {
  const bytes = readFileSync(packaged);
  const at = bytes.indexOf("how many files wait");
  assert.ok(at > 0, "the payload is stored as it is");
  bytes[at] ^= 1;
  const changed = join(scratch, "changed.mmpkg");
  writeFileSync(changed, bytes);
  await refusal(user("plugin", "verify", changed));

  const { plugins } = await user("plugin", "list");
  const { path } = plugins.find(({ plugin_id: id }) => id === "example.inbox-count");
  const program = join(path, "main.mjs");
  const text = readFileSync(program, "utf8");
  rmSync(program, { force: true });
  writeFileSync(program, `${text}\nconsole.error("somebody was here");\n`);
  const { agents } = await whileCollecting(async (agentIs) => {
    await agentIs("blocked");
    return await user("status");
  });
  assert.equal(agents[0].verdict, "modified");
  console.log("ok: a changed byte of the package is refused, and so is a changed file of the installed plugin");
}

async function whatARevokedKeySignedIsRefused() {
  const { key_id: keyId } = await user("plugin", "verify", packaged);
  await user("key", "revoke", keyId, "--why", "the example ends");
  assert.equal((await refusal(user("plugin", "verify", packaged))).verdict, "revoked");
  console.log("ok: what a revoked key signed is refused");
}

async function aScriptIsAllowed() {
  writeFileSync(join(scratch, "my-agent.py"), "print('not run here')\n");
  await type("a script", userData);
}

/** Everything the page has somebody type, line by line; each has to end well. */
async function type(who, dataDir) {
  for (const words of commandsOf(who)) await run(words, dataDir);
}

async function run(words, dataDir) {
  const { code, out, err } = await mimolo.ended(...words, "--data-dir", dataDir);
  assert.equal(code, 0, `mimolo ${words.join(" ")} ended with ${code}\n${out}${err}`);
}

/** The lines of a block of the page, cut into words. */
function commandsOf(who) {
  const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "trust.md"), "utf8");
  const [, block] = page.split(`<!-- run by examples/signed-plugin: ${who} -->\n\`\`\`sh\n`);
  assert.ok(block, `docs/trust.md has a block for ${who}`);
  const lines = block.slice(0, block.indexOf("```")).trim().split("\n");
  return lines.map((line) => {
    const [command, ...words] = line.replaceAll("'", "").split(/\s+/);
    assert.equal(command, "mimolo");
    return words;
  });
}

/** Runs the user's collector; `use` gets a function that waits for the agent to be in a state. */
async function whileCollecting(use) {
  const collector = mimolo.start("run", "--config", config, "--data-dir", userData);
  let said = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(collector, "exit");
  const agentIs = (wanted) =>
    until(
      () => `the agent is ${wanted}; the collector said:\n${said}`,
      async () => (await user("status").catch(() => ({ agents: [] }))).agents.some(({ state }) => state === wanted),
    );
  try {
    return await use(agentIs);
  } finally {
    collector.kill("SIGTERM");
    await ended;
  }
}

async function summaries() {
  const { out } = await mimolo.ended("evidence", "--kind", "message", "--json", "--data-dir", userData);
  const records = out.split("\n").filter(Boolean);
  return records.map((line) => JSON.parse(line).message.data ?? {});
}

/** What a refused command says; its exit code is 4. */
async function refusal(asked) {
  const error = await asked.then(
    () => assert.fail("it was not refused"),
    (refused) => refused,
  );
  assert.equal(error.code, 4, error.message);
  return error.said;
}
