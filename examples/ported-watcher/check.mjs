// Runs the watcher as it was, before a stand-in for aw-server, and as it is now; the same typing has to be seen by both. Then types
// the lines of docs/port-an-agent.md.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { conforms } from "../check-conform.mjs";
import { driveAgent } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";
import { commandIn, until } from "../drive-command.mjs";
import { pageOf } from "../drive-page.mjs";

leaveWithout("sh", "python3");
const here = import.meta.dirname;
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-ported-"));
const terminal = join(scratch, "terminal");
const isOnePoint = ({ points: [point] }) =>
  assert.deepEqual([point.measurement, point.tags, point.fields], ["mail", { box: "inbox" }, { waiting: 1 }]);
/** What the page says comes of its lines, by label. */
const expected = {
  mail: isOnePoint,
  "mail-daemon": isOnePoint,
  inbox: ({ state, perfdata: [waiting] }) => assert.deepEqual([state, waiting.value, waiting.crit], ["ok", 1, "100"]),
  nightly: ({ lines }) => assert.deepEqual(lines, ["kept inbox/1.eml"]),
};

try {
  typedAt(Date.now() - 3_600_000);
  assert.deepEqual(await before(), ["afk", "not-afk"]);
  typedAt(Date.now() - 3_600_000);
  assert.deepEqual(await after(), [false, true]);
  await conforms(["python3", "agent.py"], { cwd: here, settings: { terminals: terminal } });
  await underARealCollector();
  await linesOfThePage();
  console.log("ok: seen by both the same, conformant, and every line of the page makes evidence");
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** What a terminal's device looks like when somebody typed into it at that moment. */
function typedAt(moment) {
  writeFileSync(terminal, "");
  utimesSync(terminal, new Date(moment), new Date(moment));
}

/** What reaches aw-server: for a pause of an hour, and once somebody typed. */
async function before() {
  const heard = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ method: request.method, url: request.url, body: JSON.parse(body) });
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}`;
  const env = { PATH: process.env.PATH, AW_SERVER: address, TERMINALS: terminal, POLL_S: "0.05" };
  const watcher = spawn("python3", ["-B", join(here, "aw_watcher.py")], { env, stdio: "inherit" });
  const statuses = () => [...new Set(heard.slice(1).map(({ body }) => body.data.status))];
  try {
    await until(
      () => "a heartbeat",
      () => statuses().length === 1,
    );
    typedAt(Date.now());
    await until(
      () => "another state",
      () => statuses().length === 2,
    );
  } finally {
    watcher.kill();
    await once(watcher, "exit");
    server.close();
    server.closeAllConnections();
  }
  const [bucket, beat] = heard;
  assert.match(bucket.url, /^\/api\/0\/buckets\/aw-watcher-terminal_/);
  assert.equal(bucket.body.type, "afkstatus");
  assert.match(beat.url, /\/heartbeat\?pulsetime=180\.05$/);
  assert.equal(beat.body.duration, 0);
  return statuses();
}

/** The same pause and the same typing, as summaries tell them. */
async function after() {
  const agent = driveAgent("python3", [join(here, "agent.py")], { config: { terminals: terminal } });
  await agent.next("handshake");
  agent.accept();
  const seen = [await keepAlive(agent)];
  typedAt(Date.now() + 1000);
  seen.push(await keepAlive(agent));
  agent.hangUp();
  assert.equal(await agent.ended(), 0);
  return seen;
}

async function keepAlive(agent) {
  agent.send("flush");
  return (await agent.next("summary")).data.activity_signal.keep_alive;
}

async function underARealCollector() {
  const files = ["agent.py", "last_input.py"];
  const prepare = (folder) => {
    const file = join(folder, "mimolo.toml");
    writeFileSync(file, `${readFileSync(file, "utf8")}terminals = ${JSON.stringify(terminal)}\n`);
  };
  await underCollector({ here, files, label: "terminal", prepare }, async (run) => {
    const data = await run.next(() => typedAt(Date.now() + 1000));
    assert.equal(data.activity_signal.keep_alive, true);
  });
}

async function linesOfThePage() {
  const work = join(scratch, "work");
  mkdirSync(join(work, "inbox"), { recursive: true });
  writeFileSync(join(work, "inbox", "1.eml"), "");
  for (const name of ["count.sh", "count-once.sh", "points.sh", "check_inbox.sh", "nightly.sh"])
    cpSync(join(here, name), join(work, name));
  const mimolo = commandIn(work, join(scratch, "home"), { MIMOLO_HOME: join(scratch, "data") });
  const block = pageOf("port-an-agent.md", "ported-watcher");
  const lines = ["exec", "execd", "nagios", "cron"].flatMap((name) => block(name));
  for (const { words } of lines) {
    // As there, but for the pauses, and with the yes that a person would say.
    const quick = words.map((word, index) => (words[index - 1] === "--every" ? "1s" : word));
    const at = quick.indexOf("--");
    const more = ["--yes", "--set", "agent_flush_interval_s=1"];
    const { code, out, err } = await mimolo.ended(...quick.slice(0, at), ...more, ...quick.slice(at));
    assert.equal(code, 0, out + err);
  }
  const collector = mimolo.start("run", "--no-dashboard");
  let said = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(collector, "exit");
  try {
    for (const label of lines.map(({ words }) => words[1])) {
      let result;
      await until(
        () => `a result of ${label}\n${said}`,
        async () => (result = await firstResult(mimolo, label)) !== undefined,
      );
      expected[label](result);
    }
  } finally {
    collector.kill("SIGTERM");
    await ended;
  }
}

async function firstResult(mimolo, label) {
  const { out } = await mimolo.ended("evidence", "--agent", label, "--kind", "message", "--json");
  const records = out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return records.flatMap(({ message }) => message.data.results).find(({ fault }) => fault === undefined);
}
