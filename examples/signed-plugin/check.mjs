// Asserts what README.md claims, with the real command: author and user are two data directories of one scratch folder.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandIn, until } from "../drive-command.mjs";

const scratch = mkdtempSync(join(tmpdir(), "mimolo signed "));
const home = join(scratch, "home");
const inbox = join(home, "inbox");
const folder = join(scratch, "plugin");
const config = join(scratch, "mimolo.toml");
const userData = join(scratch, "user");
const mimolo = commandIn(scratch, home);
const author = (...words) => mimolo.answer(...words, "--data-dir", join(scratch, "author"));
const user = (...words) => mimolo.answer(...words, "--data-dir", userData);

mkdirSync(inbox, { recursive: true });
cpSync(join(import.meta.dirname, "plugin"), folder, { recursive: true });
cpSync(join(import.meta.dirname, "mimolo.toml"), config);
try {
  const { key, packaged } = await theAuthorPublishes();
  await theUserInstalls(key, packaged);
  await itRuns();
  await whatWasChangedIsRefused(packaged);
  await whatARevokedKeySignedIsRefused(key, packaged);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function theAuthorPublishes() {
  const key = await author("key", "new", "--label", "Example", "--scope", "example.*");
  const packed = await author("plugin", "pack", folder, "--sign");
  assert.deepEqual([packed.plugin_id, packed.version, packed.key_id], ["example.inbox-count", "1.0.0", key.key_id]);
  const again = await author("plugin", "pack", folder, "--sign", "--out", join(scratch, "again.mmpkg"));
  assert.deepEqual(readFileSync(again.path), readFileSync(packed.path), "the same folder gives the same bytes");
  const file = join(scratch, "example.pub");
  writeFileSync(file, `untrusted comment: the example's\n${key.public_key}\n`);
  return { key: { id: key.key_id, file }, packaged: packed.path };
}

async function theUserInstalls(key, packaged) {
  assert.equal((await refusal(user("plugin", "verify", packaged))).verdict, "unknown-key");
  await user("key", "trust", key.file, "--label", "Example", "--scope", "example.*");
  const { verdict, key_id: keyId } = await user("plugin", "verify", packaged);
  assert.deepEqual([verdict, keyId], ["trusted", key.id]);
  const { error } = await refusal(user("plugin", "install", packaged));
  assert.match(`${error.message} ${error.hint}`, /filesystem/, "where nobody can be asked, the error names the grant");
  await user("plugin", "install", packaged, "--grant", "filesystem");
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

async function whatWasChangedIsRefused(packaged) {
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

async function whatARevokedKeySignedIsRefused(key, packaged) {
  await user("key", "revoke", key.id, "--why", "the example ends");
  assert.equal((await refusal(user("plugin", "verify", packaged))).verdict, "revoked");
  console.log("ok: what a revoked key signed is refused");
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
