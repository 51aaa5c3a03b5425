// A plugin without a library that does everything right, but for the one fault its settings name.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { fault, token } = JSON.parse(process.env.MIMOLO_CONFIG);
const own = process.env.MIMOLO_AGENT_DATA_DIR;
const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
const is = (name) => fault === name;
const spin = (ms) => {
  const untilMs = Date.now() + ms;
  while (Date.now() < untilMs);
};

if (is("crashes at its start")) throw new Error("as it was told to");
if (is("is slow to start")) spin(3000);
if (is("writes in its program's folder")) writeFileSync(join(import.meta.dirname, "state.json"), "{}");
if (is("writes in the home folder")) writeFileSync(join(homedir(), ".sound"), "");
if (is("keeps its token")) writeFileSync(join(own, "token.txt"), String(token));
if (is("logs its token")) say({ type: "log", level: "info", message: `my token is ${token}` });
if (is("chokes on what it kept") && existsSync(join(own, "kept"))) throw new Error("what is this?");
writeFileSync(join(own, "kept"), "");
if (is("says hello before it shakes hands")) say({ type: "status", health: "ok" });

const features = "summary heartbeat status lifecycle invoke".split(" ");
say({
  type: "handshake",
  protocol_version: is("speaks another protocol") ? "1.0" : "0.4",
  agent_version: is("is another version") ? "1.0.1" : "1.0.0",
  capabilities: is("does not announce invoke") ? features.slice(0, -1) : features,
});
const interfaces = "trigger message_handler command data_provider analytics aggregate config".split(" ");
say({
  type: "metadata",
  data: { interfaces: is("offers more than it says") ? [...interfaces, "action"] : interfaces },
});
if (!is("is mute about its health")) say({ type: "status", health: is("has failed") ? "failed" : "ok" });
if (is("prints")) console.log("hello!");
if (is("asks too much")) say({ type: "request", id: "r1", method: "store.query", params: { sql: "select 1" } });
if (is("asks nonsense")) say({ type: "request", id: "r1", method: "store.drop" });
say({ type: "request", id: "r0", method: "data.put", params: { key: "seen", value: true } });
if (is("runs a program")) spawnSync(process.execPath, ["--version"]);
if (is("calls home")) connect({ port: 9, host: "127.0.0.1" }).on("error", () => {});
if (is("leaves a child")) (await import("node:child_process")).spawn("sleep", ["30"], { stdio: "ignore" }).unref();

let everySecond;
if (!is("does not beat")) everySecond = setInterval(() => say({ type: "heartbeat", metrics: {} }), 1000);
if (is("spins")) setInterval(() => spin(15), 20);
const hoard = is("hoards memory") ? Buffer.alloc(160 * 1_048_576, 1) : [];
let asked = 0;

const methods = {
  trigger: { start: () => null, stop: () => null },
  message_handler: {
    supported_types: () => (is("supports no list") ? "all" : ["note"]),
    can_handle: () => (is("is too sure") ? 2 : 0.5),
    handle_message: () => null,
  },
  command: { list: () => (is("lists nothing") ? null : [{ name: "hello" }]), execute: () => "hello" },
  data_provider: {
    sources: () => (is("has sources without ids") ? [{}] : [{ id: "notes" }]),
    query: ({ source_id: id }) => {
      if (id !== "notes" && !is("knows every source")) throw new Error(`no source ${id}`);
      return [];
    },
  },
  analytics: { metrics: () => (is("has no metrics") ? 42 : [{ id: "count" }]), collect: () => ({}), report: () => "" },
  aggregate: {
    filter: ({ items }) => {
      if (is("fails on nothing") && items.length === 0) throw new Error("nothing to filter");
      return items;
    },
  },
  config: {
    schema: () => (is("has no schema") ? "any" : { type: "object" }),
    validate: () => ({ ok: !is("refuses its defaults"), problems: [] }),
  },
};

function invoke(id, { interface: name, method, params }) {
  const answer = (rest) => say({ type: "result", id, ...rest });
  asked += 1;
  if (is("hangs when called") || (is("drops some") && asked % 10 === 0)) return;
  if (is("leaks")) hoard.push(Buffer.alloc(20_000, 1));
  if (is("takes its time")) spin(120);
  const inherited = is("calls what is there");
  const table = inherited || Object.hasOwn(methods, name) ? methods[name] : undefined;
  const run = table && (inherited || Object.hasOwn(table, method)) ? table[method] : undefined;
  if (is("answers anything") && run === undefined) return answer({ ok: true, data: null });
  if (typeof run !== "function") return answer({ ok: false, error: { code: "not-offered", message: `no ${method}` } });
  try {
    answer({ ok: true, data: run(params ?? {}) ?? null });
  } catch (error) {
    answer({ ok: false, error: { code: "failed", message: error.message } });
  }
}

function summary() {
  if (is("never sums up")) return;
  say({ type: "summary", data: { activity_signal: { mode: "passive", keep_alive: null } } });
}

function leave() {
  if (is("does not end")) return;
  clearInterval(everySecond);
  process.exit(is("ends badly") ? 3 : 0);
}

function step(cmd, id, params) {
  const ack = () => say({ type: "ack", ack_command: cmd, id });
  switch (cmd) {
    case "ack":
      if (is("wants this version only") && params.app_version !== "0.4.0") process.exit(1);
      return;
    case "reject":
      return is("stays where it is not wanted") ? undefined : process.exit(0);
    case "flush":
      if (is("flushes slowly")) spin(2100);
      summary();
      return is("does not acknowledge") ? undefined : ack();
    case "status":
      if (is("tells its health once")) return;
      return say({ type: "status", health: "ok" });
    case "lifecycle":
      return is("does not rest") && params.phase === "suspend" ? undefined : ack();
    case "stop":
    case "start":
      return ack();
    case "invoke":
      return typeof params?.interface === "string" ? invoke(id, params) : undefined;
    case "shutdown":
      return leave();
  }
  if (is("knows what it knows")) process.exit(1);
}

function obey(line) {
  let command;
  try {
    command = JSON.parse(line);
  } catch (error) {
    if (is("takes every line for granted")) throw error;
    return;
  }
  const { cmd, id, sequence, params, args, ...top } = command ?? {};
  const given = { ...top, ...args, ...params };
  if (cmd !== "sequence") return step(cmd, id, given);
  const steps = Array.isArray(sequence) ? sequence : [];
  for (const name of is("flushes first") ? ["flush", "stop", "shutdown"] : steps) step(name, id, given);
}

if (is("reads chunks for lines")) {
  process.stdin.on("data", (chunk) => {
    for (const line of chunk.toString().split("\n")) if (line.trim() !== "") obey(line);
  });
} else createInterface({ input: process.stdin }).on("line", obey);
process.stdin.on("end", () => (is("outlives its collector") ? undefined : leave()));
if (is("outlives its collector")) setInterval(() => {}, 1000);
