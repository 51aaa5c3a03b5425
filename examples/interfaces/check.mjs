// Runs the nine plugins under one collector, and plays docs/interfaces/*.md with the real command: what the pages show below a
// command has to be what it prints.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandIn, until } from "../drive-command.mjs";
import { asShown, pageOf } from "../drive-page.mjs";

const here = import.meta.dirname;
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-interfaces-"));
const dataDir = join(scratch, "data");
const mimolo = commandIn(scratch, join(scratch, "home"));
const asked = (...words) => mimolo.answer(...words, "--data-dir", dataDir);
const calls = (plugin, name, method, params = {}) =>
  api(`/plugins/${plugin}/invoke`, { interface: name, method, params });
const LABELS = "journal arrivals glossary backlog machine words songs snapshots reminder".split(" ");
let address;

try {
  prepare();
  await whileCollecting(async (said) => {
    await everybodyWorks(said);
    await workIsSeen(said);
    for (const page of ["action", "message-handler", "command", "data-provider", "analytics", "aggregate", "config"]) {
      await played(page);
    }
    await aFileArrives(said);
    await snapshotsArePutAway();
    await aMessageFindsItsHandler();
    await theSegmentKnowsItsSongs(said);
  });
  await thePluginTestsItself();
  console.log("ok: nine interfaces, each asked by the command, and what the pages show is what it prints");
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function prepare() {
  for (const name of ["home", "inbox"]) mkdirSync(join(scratch, name));
  for (const entry of readdirSync(here, { withFileTypes: true })) {
    if (entry.name !== "node_modules") cpSync(join(here, entry.name), join(scratch, entry.name), { recursive: true });
  }
  mkdirSync(join(scratch, "node_modules", "@mimolo"), { recursive: true });
  const sdk = join(here, "..", "..", "packages", "agent-sdk");
  symlinkSync(sdk, join(scratch, "node_modules", "@mimolo", "agent-sdk"), "junction");
  writeFileSync(join(scratch, "inbox", "letter.txt"), "Dear Ada,\nall is well.\n");
}

async function everybodyWorks(said) {
  await until(
    () => `all nine run\n${said()}`,
    async () => {
      const { agents = [], collector } = await asked("status").catch(() => ({}));
      address = collector?.address;
      return LABELS.every((label) => agents.some((agent) => agent.label === label && agent.state === "running"));
    },
  );
  // Who has only just introduced itself may not have said yet what it offers.
  await until(
    () => `each answers\n${said()}`,
    async () => (await calls("reminder", "config", "schema")).ok === true,
  );
}

/** Work goes on until a song was heard meanwhile, and a little longer: it belongs to that segment. */
async function workIsSeen(said) {
  let drafts = 0;
  const work = () => writeFileSync(join(scratch, "draft.txt"), `It was a dark night, draft ${++drafts}.`);
  await until(
    () => `work is seen\n${said()}`,
    async () => {
      work();
      return (await api("/timeline")).open !== null;
    },
  );
  writeFileSync(join(scratch, "now-playing.txt"), "So What\n");
  await until(
    () => `a song is heard\n${said()}`,
    async () => {
      work();
      return JSON.stringify(await api("/evidence?agent=songs")).includes("song_started");
    },
  );
  work();
}

/** Has everything typed that a page shows. */
async function played(name) {
  for (const command of pageOf(`interfaces/${name}.md`, "interfaces")(name)) {
    const { code, out, err } = await mimolo.ended(...command.words, "--data-dir", dataDir);
    const isMeant = command.shown.some((line) => /^(?:error|mimolo):/.test(line)) ? code !== 0 : code === 0;
    assert.ok(isMeant, `mimolo ${command.words.join(" ")} ended with ${code}\n${out}${err}`);
    assert.ok(command.shown.length > 0, `docs/interfaces/${name}.md shows what ${command.words.join(" ")} prints`);
    asShown(command, out + err);
  }
}

async function aFileArrives(said) {
  const written = async () => (await calls("journal", "action", "execute", { text: "looked" })).data.lines;
  const before = await written();
  writeFileSync(join(scratch, "inbox", "parcel.bin"), "…");
  await until(
    () => `a rule writes into the journal what arrived\n${said()}`,
    async () => {
      const { rules } = await api("/rules");
      return rules[0].runs === 1 && rules[0].failures === 0;
    },
  );
  assert.equal(await written(), before + 2, "the rule wrote one line, this look another");
  await played("trigger");
}

async function snapshotsArePutAway() {
  const selection = {};
  const { data } = await calls("snapshots", "artifact", "archive", { selection });
  assert.ok(data.snapshots > 0);
  const again = await calls("snapshots", "artifact", "archive", { selection });
  assert.deepEqual([again.code, again.reason], ["plugin-failed", "nothing-to-archive"]);
  const back = await calls("snapshots", "artifact", "restore", { archive_id: data.archive_id });
  assert.equal(back.data.snapshots, data.snapshots);
  await played("artifact");
}

async function aMessageFindsItsHandler() {
  const message = { type: "lookup", content: { word: "hop" } };
  const report = await api("/messages", message);
  assert.deepEqual([report.to, report.confidence], ["local.glossary", 0.9]);
  assert.match(report.data.meaning, /^a plugin's answer/);
  assert.equal((await api("/messages", { ...message, type: "letter" })).code, "no-handler");
}

async function theSegmentKnowsItsSongs(said) {
  let kept;
  await until(
    () => `a closed segment says which songs were played: ${JSON.stringify(kept)}\n${said()}`,
    async () => {
      const { segments } = await api("/timeline");
      kept = segments[0]?.aggregated;
      // Until the filter has had its word, the items themselves stand there.
      return typeof kept?.songs?.songs[0] === "object";
    },
  );
  assert.deepEqual(kept.songs.songs, [{ song: "So What", times: 1 }]);
}

/** docs/test-a-plugin.md: one of them, tested from outside. */
async function thePluginTestsItself() {
  const child = spawn(process.execPath, ["test-plugin.mjs"], {
    cwd: join(here, "action"),
    stdio: ["ignore", "pipe", 2],
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0, said);
  const page = readFileSync(join(here, "..", "..", "docs", "test-a-plugin.md"), "utf8");
  for (const line of said.trim().split("\n")) assert.ok(page.includes(line), `docs/test-a-plugin.md shows: ${line}`);
}

/** What the collector answers over HTTP; a problem too. */
async function api(path, body) {
  const text = await new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const headers = { "content-type": "application/json" };
    const sent = request({ socketPath: address, path: `/api/v1${path}`, method, headers }, async (response) => {
      let said = "";
      for await (const chunk of response) said += chunk;
      resolve(said);
    });
    sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
  return JSON.parse(text);
}

/** Runs a collector meanwhile; `use` gets a function with what it said so far. */
async function whileCollecting(use) {
  const collector = mimolo.start("run", "--dev", "--config", "mimolo.toml", "--data-dir", dataDir);
  let said = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(collector, "exit");
  try {
    await use(() => said);
  } catch (error) {
    error.message += `\nThe collector said:\n${said}`;
    throw error;
  } finally {
    collector.kill("SIGTERM");
    await ended;
  }
}
