import { expect, test } from "vitest";
import * as protocol from "../../src/index.ts";
import {
  BuiltinPlugin,
  CAPABILITIES,
  Capability,
  EvidenceRecord,
  explainRefusal,
  LogLine,
  Permission,
  PERMISSIONS,
  Problem,
  readPluginInterface,
  Segment,
  StatusReport,
  VerifyReport,
} from "../../src/index.ts";

const at = "2025-11-07T09:00:00Z";
const base = { seq: 7, received_at: at, salt: "AAAAAAAAAAAAAAAAAAAAAA" };
const origin = { instance_id: "i", plugin_id: "local.x", agent_label: "x", run_id: "r", trust: "trusted" };

test("a refusal is explained by field and reason", () => {
  expect(explainRefusal({ type: "heartbeat", timestamp: at })).toBeNull();
  expect(explainRefusal({ type: "heartbeat" })?.field).toBe("timestamp");
  expect(explainRefusal({ type: "status" })).toEqual({
    field: "health",
    message: "health: is missing (only a status with tuned or mode may omit it)",
  });
  const signal = { mode: "active", keep_alive: null };
  expect(explainRefusal({ type: "summary", data: { activity_signal: signal } })?.field).toBe(
    "data.activity_signal.keep_alive",
  );
  expect(explainRefusal({ type: "telepathy" })?.field).toBe("type");
  expect(explainRefusal(null)?.field).toBe("");
});

test("every kind of record is read as the ledger writes it", () => {
  const records = [
    {
      ...base,
      kind: "message",
      ...origin,
      stream: "s",
      agent_seq: 1,
      redacted: ["titles"],
      message: { type: "summary" },
    },
    { ...base, kind: "message", ...origin, message: {} },
    { ...base, kind: "gap", data: { reason: "collector-down", from: at, to: at } },
    {
      ...base,
      kind: "gap",
      ...origin,
      data: { reason: "missing-seq", from: at, to: at, stream: "s", seq_from: 3, seq_to: 4 },
    },
    { ...base, kind: "clock_step", data: { at, by_ms: -3600000 } },
    {
      ...base,
      kind: "agent_state",
      ...origin,
      data: {
        state: "backing-off",
        health: "failed",
        condition: "free",
        cause: "exited",
        code: 1,
        signal: null,
        uptime_s: 2,
      },
    },
    {
      ...base,
      kind: "policy",
      data: {
        at,
        cooldown_seconds: 600,
        flush_interval_s: 60,
        minimum_segment_s: 0,
        day_start: "04:00",
        time_zone: "Europe/Berlin",
        agents: { x: { resets_cooldown: true, infrequent: false, data_header: null } },
      },
    },
    {
      ...base,
      kind: "import",
      data: { start: at, end: at, source: "git", external_id: "git:ab", confidence: "reconstructed", label: "git" },
    },
    { ...base, kind: "correction", data: { from: at, to: at, as: "work", note: "meeting" } },
    {
      ...base,
      kind: "aggregate",
      data: { segment_id: "c:1", agent_label: "x", header: "files", input_seqs_sha256: "ab", value: ["a"] },
    },
    { ...base, kind: "erasure", data: { seq: 3, leaf: "ab", by: "me", why: "private" } },
  ];
  for (const record of records) expect(EvidenceRecord.parse(record)).toEqual(record);
});

test("a record of an unknown kind, without its agent or with a short salt is none", () => {
  for (const record of [
    { ...base, kind: "rumour", data: {} },
    { ...base, kind: "message", message: {} },
    { ...base, kind: "message", ...origin, salt: "short", message: {} },
  ]) {
    expect(EvidenceRecord.safeParse(record).success).toBe(false);
  }
});

test("the reports are read as the API writes them", () => {
  const segment = {
    id: "c:1",
    start: at,
    end: at,
    duration_s: 0,
    resets_count: 0,
    labels: ["x"],
    reasons: [],
    aggregated: { x: { files: ["a"] } },
    gaps: [{ from: at, to: at, reason: "suspend" }],
    confidence: "observed",
  };
  expect(Segment.parse(segment)).toEqual(segment);
  const collector = {
    pid: 1,
    started_at: at,
    uptime_s: 2,
    mode: "release",
    data_dir: "/d",
    version: "0.4.0",
    address: null,
    budget: { sum: 0.3, scale: 1, reasons: [] },
  };
  expect(StatusReport.parse({ collector, agents: [] })).toEqual({ collector, agents: [] });
  expect(StatusReport.parse({ collector: { ...collector, fault: "full" }, agents: [] }).collector.fault).toBe("full");
  const verified = { ok: false, days: [], fault: { file: "f", offset: 3, record: null, reason: "changed" } };
  expect(VerifyReport.parse(verified)).toEqual(verified);
  const line = { at, label: null, instance_id: null, run_id: null, type: "collector", level: "info", message: "up" };
  expect(LogLine.parse(line)).toEqual(line);
  const problem = { type: "about:blank", title: "Not found", status: 404, detail: "no agent x", code: "unknown-agent" };
  expect(Problem.parse(problem)).toEqual(problem);
  expect(Problem.safeParse({ ...problem, code: "made-up" }).success).toBe(false);
});

test("a built-in plugin names its file and its digest", () => {
  const plugin = {
    plugin_id: "mimolo.system-load",
    name: "System load",
    version: "0.4.0",
    type: "agent",
    description: "d",
    entry: "/x/main.js",
    sha256: "0f".repeat(32),
    interfaces: [],
    capabilities: [],
    permissions: [],
    defaults: {},
    default_label: "system-load",
  };
  expect(BuiltinPlugin.parse(plugin)).toEqual(plugin);
  for (const id of ["Mimolo.x", "a..b", "a_b", ".a", "a-", "", "a".repeat(65)]) {
    expect(BuiltinPlugin.safeParse({ ...plugin, plugin_id: id }).success).toBe(false);
  }
});

test("capabilities bear the colour of their risk, and only low risk is green", () => {
  const colours = { low: "green", medium: "yellow", high: "red" };
  for (const name of Capability.options) expect(CAPABILITIES[name].colour).toBe(colours[CAPABILITIES[name].risk]);
  const low = Capability.options.filter((name) => CAPABILITIES[name].risk === "low");
  expect(low).toEqual(["network", "audio", "midi"]);
});

test("the eleven permissions guard each request once", () => {
  expect(Permission.options.length).toBe(11);
  const guarded = Object.values(PERMISSIONS).flatMap((permission) => permission.guards);
  expect(new Set(guarded).size).toBe(guarded.length);
});

test("older names of interfaces are read, unknown ones are not", () => {
  expect(readPluginInterface("IAnalyticsProvider")).toBe("analytics");
  expect(readPluginInterface("config")).toBe("config");
  expect(readPluginInterface("message-handler")).toBe("message_handler");
  expect(readPluginInterface("constructor")).toBeNull();
});

test("the root exports everything the wire does", async () => {
  const wire = await import("../../src/wire/index.ts");
  expect(Object.keys(wire).filter((name) => !(name in protocol))).toEqual([]);
});
