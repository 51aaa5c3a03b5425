// Runs every recipe of docs/cookbook.md under one real collector, and asserts what each promises.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandIn, until } from "../drive-command.mjs";

const here = import.meta.dirname;
const TOKEN = "xoxb-not-to-be-seen";
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-cookbook-"));
const me = join(scratch, "me");
const dataDir = join(scratch, "data");
const mimolo = commandIn(scratch, me, { CHAT_TOKEN: TOKEN });
const asked = (...words) => mimolo.answer(...words, "--data-dir", dataDir);
const recipes = readdirSync(here).filter((name) => name.endsWith(".toml"));
const heard = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  heard.push({ path: request.url, token: request.headers.authorization, body: JSON.parse(body) });
  response.end("{}");
});

try {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  prepare(server.address().port);
  await allow();
  await whileCollecting(async (said) => {
    await atWork(said);
    await askedForData(said);
    await afterWork(said);
    await inTheEvening(said);
  });
  assert.ok(!everythingKept().includes(TOKEN), "the token stands in no file of the data directory");
  assert.equal((await asked("verify")).ok, true);
  console.log(`ok: ${recipes.length} recipes, the token nowhere`);
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** The recipes' files as they are, and one configuration of them all, with the addresses and times of this check. */
function prepare(port) {
  mkdirSync(join(me, "Maildir", "new"), { recursive: true });
  mkdirSync(join(me, "Maildir", "cur"));
  mkdirSync(join(me, "project"));
  for (const mail of ["new/1", "new/2", "cur/3:2,", "cur/4:2,RS"]) writeFileSync(join(me, "Maildir", mail), "");
  writeFileSync(join(me, "clients.csv"), 'name,city\n"Ada, Ltd.",London\nGrace,Arlington\nEmmy,"Göttingen"\n');
  for (const name of readdirSync(here)) if (name.endsWith(".mjs")) cpSync(join(here, name), join(scratch, name));
  mkdirSync(join(scratch, "node_modules", "@mimolo"), { recursive: true });
  symlinkSync(
    join(here, "..", "..", "packages", "agent-sdk"),
    join(scratch, "node_modules", "@mimolo", "agent-sdk"),
    "junction",
  );
  const config = [
    "[monitor]\ncooldown_seconds = 2\npoll_tick_s = 0.2\n[control]\ndashboard = false\n",
    ...recipes.map((name) => readFileSync(join(here, name), "utf8")),
    '[plugins.work]\nexecutable = "node"\nargs = ["pretend.mjs"]\nworks = true\nagent_flush_interval_s = 1\n',
  ]
    .join("\n")
    .replaceAll("/home/me", me)
    .replaceAll(/https:\/\/(hooks|chat)\.example\.org/g, `http://127.0.0.1:${port}`)
    .replaceAll("hooks.example.org", `127.0.0.1:${port}`)
    .replace("after_minutes = 60", "after_minutes = 0.02")
    .replace('"mimolo.notify"\n', `"mimolo.notify"\nwebhook = "http://127.0.0.1:${port}/notice"\n`)
    .replace("0 22 * * *", "*/2 * * * * *")
    .replace(/(result = .*)/, "$1\nevery_s = 0.1")
    .replace(
      'plugin = "mimolo.active-window"',
      'executable = "node"\nargs = ["pretend.mjs"]\nagent_flush_interval_s = 1\n' +
        'data = { windows = [{ class = "Editor", duration_s = 90 }, { class = "Browser", duration_s = 30 }] }',
    )
    .replace(/(maildir = .*)/, "$1\npoll_interval_s = 0.2\nagent_flush_interval_s = 1");
  writeFileSync(join(scratch, "mimolo.toml"), config);
}

/** Each recipe's own line, as it stands above its configuration. */
async function allow() {
  const lines = recipes.flatMap((name) => readFileSync(join(here, name), "utf8").match(/^# mimolo allow .*$/gm) ?? []);
  assert.equal(lines.length, recipes.length - 1, "every recipe with a program says how to allow it");
  for (const line of lines) await asked(...line.split(" ").slice(2));
  await asked("allow", "./pretend.mjs");
}

async function atWork(said) {
  await until(said, () => heard.some(({ path, body }) => path === "/notice" && /break/.test(JSON.stringify(body))));
  assert.match(JSON.stringify(heard), /You have been at it for/);
  console.log("ok: a break after too long a stretch");
  writeFileSync(join(me, "project", ".build-result"), "2\n");
  await until(said, () => heard.some(({ path }) => path === "/api/chat.postMessage"));
  const [{ token, body }] = heard.filter(({ path }) => path === "/api/chat.postMessage");
  assert.deepEqual([token, body], [`Bearer ${TOKEN}`, { channel: "#builds", text: "The build failed: exit code 2" }]);
  console.log("ok: a broken build is told in the chat, with its token");
}

async function askedForData(said) {
  assert.equal((await asked("x", "notes", "add", "call Ada")).result, "noted");
  assert.equal((await asked("x", "notes", "list")).result, "call Ada\n");
  console.log("ok: a note from the command line");
  const query = JSON.stringify({ source_id: "rows", query: { city: "London" } });
  const { data: rows } = await asked("plugin", "invoke", "clients", "data_provider", "query", "--params", query);
  assert.deepEqual(rows, [{ name: "Ada, Ltd.", city: "London" }]);
  console.log("ok: rows of a CSV file");
  const format = JSON.stringify({ format: "text" });
  let text = "";
  await until(
    () => `a report of windows; it was ${text}\n${said()}`,
    async () => {
      text = (await asked("plugin", "invoke", "window-time", "analytics", "report", "--params", format)).data;
      return /min {2}Editor\n.*min {2}Browser$/.test(text);
    },
  );
  console.log("ok: time per program");
  await until(said, async () => (await summariesOf("unread-mails")).some(({ unread }) => unread === 3));
  console.log("ok: unread mails");
}

async function afterWork(said) {
  await asked("agent", "stop", "work");
  await until(said, () => heard.some(({ path }) => path === "/work"));
  const { body } = heard.find(({ path }) => path === "/work");
  assert.ok(body.seconds > 0 && Date.parse(body.from) < Date.parse(body.to), JSON.stringify(body));
  console.log("ok: a stretch of work is posted");
  await until(said, async () =>
    /^On .*\n\d\d:\d\d–\d\d:\d\d {2}.*work/.test((await asked("x", "diary", "today")).result),
  );
  console.log("ok: the diary knows it");
}

async function inTheEvening(said) {
  const reports = () =>
    readdirSync(dataDir, { recursive: true })
      .filter((name) => /nightly-report.*\.md$/.test(name))
      .map((name) => readFileSync(join(dataDir, name), "utf8"));
  await until(said, () => reports().some((text) => /^# \d{4}-\d\d-\d\d\n\nOn .*\n.*work/.test(text)));
  console.log("ok: the report of the night asked the diary");
}

async function summariesOf(label) {
  const { out } = await mimolo.ended(
    "evidence",
    "--kind",
    "message",
    "--agent",
    label,
    "--json",
    "--data-dir",
    dataDir,
  );
  const lines = out.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line).message.data ?? {});
}

function everythingKept() {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

async function whileCollecting(use) {
  const collector = mimolo.start("run", "--config", "mimolo.toml", "--data-dir", dataDir);
  let printed = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (printed += text));
  const ended = once(collector, "exit");
  const said = () => `what comes next\n${printed}\n${JSON.stringify(heard)}`;
  try {
    await until(said, () => printed.includes("watching"));
    await use(said);
  } finally {
    collector.kill("SIGTERM");
    await ended;
  }
}
