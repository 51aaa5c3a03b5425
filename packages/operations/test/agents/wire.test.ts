import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogLine } from "@mimolo/protocol";
import type { ChildEvents, Spawn } from "@mimolo/supervisor";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Collector, createCollector, openArchive } from "../../src/index.ts";
import { version } from "../../src/version.ts";

type Sent = Record<string, unknown> & { cmd: string };

/** The agent's end of the pipe, held by the test; it dies when it is asked to stop or is rejected. */
let agent: ChildEvents;
let sent: Sent[] = [];
const spawn: Spawn = (_request, events) => {
  agent = events;
  let ended = false;
  const end = () => {
    if (ended) return true;
    ended = true;
    setImmediate(() => {
      events.outputEnded();
      events.exited(0, null);
    });
    return true;
  };
  return {
    pid: 4_000_000,
    write(text) {
      for (const line of text.trimEnd().split("\n")) sent.push(JSON.parse(line) as Sent);
      return sent.some(({ cmd }) => cmd === "sequence" || cmd === "reject") ? end() : true;
    },
    closeInput: () => undefined,
    signalGroup: end,
    groupAlive: () => !ended,
    pauseOutput: () => undefined,
    resumeOutput: () => undefined,
    release: () => undefined,
  };
};

let dataDir = "";
let collector: Collector;
let logs: LogLine[] = [];
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-wire-"));
  sent = [];
  logs = [];
  const work = { executable: process.execPath, heartbeat_interval_s: 7, agent_flush_interval_s: 90, memory_mib: 64 };
  const settings = { settings: { colour: "green" } };
  const allow = [process.execPath];
  collector = await createCollector({
    dataDir,
    spawn,
    allow,
    control: false,
    plugins: { work: { ...work, ...settings } },
  });
  collector.on("log", (line) => line.label === "work" && logs.push(line));
  await collector.start();
});
afterEach(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

function say(...messages: object[]): void {
  for (const message of messages) agent.stdout(Buffer.from(`${JSON.stringify(message)}\n`));
}
const hello = (more: object = {}) => ({
  type: "handshake",
  protocol_version: "0.4",
  agent_version: "1.0.0",
  ...more,
});
const about = (code: string) => logs.filter((line) => line.code === code);

async function records(kind: "message" | "policy" | "agent_state") {
  await collector.committed();
  const found = [];
  for await (const { record } of openArchive(dataDir).evidence({ kind })) found.push(record);
  return found;
}

test("the ack holds everything the protocol tables, and three fields at top level too", () => {
  say(hello({ capabilities: ["summary"] }));
  const { instance_id, run_id } = collector.status().agents[0] ?? {};
  const top = { ack: "handshake", accepted: true, app_version: version, protocol_version: "0.4" };
  expect(sent).toEqual([
    {
      cmd: "ack",
      ...top,
      params: {
        ...top,
        instance_id,
        run_id,
        heartbeat_interval_s: 7,
        flush_interval_s: 90,
        max_line_bytes: 65_536,
        cpu_budget_percent: 0.1,
        memory_mib: 64,
        config: { colour: "green" },
        privacy: [],
        granted: [],
        enforced: expect.arrayContaining(["environment", "rate"]),
        unenforced: expect.arrayContaining(["network"]),
      },
    },
  ]);
});

test("an agent of 0.3 is spoken to in 0.3 and finds every params again as args", () => {
  say(hello({ protocol_version: "0.3" }));
  expect(sent[0]).toMatchObject({ cmd: "ack", protocol_version: "0.3", params: { protocol_version: "0.3" } });
  expect(sent[0]?.["args"]).toEqual(sent[0]?.["params"]);
});

test("a first heartbeat stands for a missing handshake: no ack, and it is running", async () => {
  say({ type: "heartbeat", timestamp: "2025-11-07T09:00Z" });
  expect(sent).toEqual([]);
  expect(collector.status().agents[0]).toMatchObject({ state: "running" });
  await collector.control("work", "flush");
  expect(sent).toEqual([{ cmd: "flush", params: { reason: "control_request" }, args: { reason: "control_request" } }]);
});

test.each([
  [{ protocol_version: "1.0" }, "protocol_version_mismatch"],
  [{ min_app_version: "99.0.0" }, "app_too_old"],
])("a handshake with %j is rejected, the reason at top level too", (more, reason) => {
  say(hello(more));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ cmd: "reject", reason, params: { reason } });
});

test("unknown types and false names are said once each, and change nothing", async () => {
  const claim = { type: "summary", agent_label: "somebody-else", agent_id: "not-mine", data: {} };
  say(hello(), { type: "gossip" }, { type: "gossip" }, { type: "rumour" }, claim, claim);
  expect(about("unknown-type")).toHaveLength(2);
  expect(about("false-claim")).toHaveLength(1);
  const kept = await records("message");
  expect(kept).toHaveLength(2);
  expect(kept[0]).toMatchObject({ agent_label: "work", message: { agent_label: "somebody-else" } });
});

test("an event is evidence once a monitor was announced, and then only with its items", async () => {
  const event = (payload: object) => ({ type: "event", data: { event: "seen", payload } });
  say(hello(), event({ items: [1] }));
  say({ type: "metadata", data: { monitor: { label: "m", data_header: "items", resets_cooldown: false } } });
  say(event({ other: [2] }), event({ items: [3] }), { type: "event", data: { event: "seen", items: [4] } });
  expect(about("missing-data-header")).toHaveLength(1);
  expect(collector.status().agents[0]?.counters.refused).toEqual({ "missing-data-header": 1 });
  expect((await records("message")).map((record) => "message" in record && record.message["data"])).toEqual([
    { event: "seen", payload: { items: [3] } },
    { event: "seen", items: [4] },
  ]);
  expect((await records("policy")).at(-1)).toMatchObject({
    data: { agents: { work: { resets_cooldown: false, infrequent: false, data_header: "items" } } },
  });
});

test("a request is answered, a declared burst is logged, and a fatal error leads to a stop with its words", () => {
  say(hello(), { type: "request", id: "r1", method: "make.coffee", params: {} });
  expect(sent[1]).toMatchObject({
    cmd: "response",
    id: "r1",
    params: { ok: false, error: { code: "unknown-method" } },
  });
  say({ type: "status", mode: "intensive" });
  expect(logs.at(-1)?.message).toContain("mode intensive");
  say({ type: "error", severity: "fatal", message: "the sensor is gone" });
  expect(sent.at(-1)).toMatchObject({ cmd: "sequence", sequence: ["stop", "flush", "shutdown"] });
  expect(logs.some(({ message }) => message.includes("fatal-error: the sensor is gone"))).toBe(true);
});

test("a monitor that says another thing of itself with every line is heeded a few times", async () => {
  say(hello());
  for (let time = 0; time < 200; time++)
    say({ type: "metadata", data: { monitor: { label: "m", data_header: `items-${time}` } } });
  const told = (await records("policy")).length;
  expect(told).toBeGreaterThan(1);
  expect(told).toBeLessThan(12);
  expect(about("announcement-ignored")).toHaveLength(1);
});

test("an agent that changes its health with every line does not fill the evidence with it", async () => {
  say(hello());
  for (let time = 0; time < 500; time++) say({ type: "status", health: time % 2 === 0 ? "overload" : "ok" });
  expect((await records("agent_state")).length).toBeLessThan(30);
});

test("types, codes and last words of any length take a bounded place in the diagnostics", async () => {
  const long = "x".repeat(60_000);
  say(hello(), { type: long }, { type: "error", message: long, code: long, severity: "fatal" });
  const sizes = logs.map((line) => JSON.stringify(line).length);
  expect(Math.max(...sizes)).toBeLessThan(9_000);
  const causes = (await records("agent_state")).map((record) => JSON.stringify(record).length);
  expect(Math.max(...causes)).toBeLessThan(2_000);
});
