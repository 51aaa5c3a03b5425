import type { AgentStatus } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { agentLines, collectorLines, noAgentLines } from "../../src/present/status.ts";
import { widthOf } from "../../src/present/width.ts";

const NOW = Date.parse("2026-11-21T10:00:00Z");

function agent(more: Partial<AgentStatus>): AgentStatus {
  return {
    label: "folder-activity",
    plugin_id: "mimolo.folder-activity",
    instance_id: "1",
    run_id: "1",
    state: "running",
    health: "ok",
    condition: "free",
    pid: 1234567,
    restarts: 0,
    last_heartbeat_at: "2026-11-21T09:59:58.000Z",
    cpu_percent: 0.07,
    cpu_budget_percent: 0.1,
    memory_mib: 31.4,
    verdict: "trusted",
    granted: [],
    enforced: [],
    unenforced: [],
    counters: { lines: 0, bytes: 0, refused: {}, dropped: {}, paused_ms: 0, restarts: {}, queued_bytes: 0 },
    ...more,
  };
}

const agents = [
  agent({}),
  agent({
    label: "mine",
    health: "degraded",
    condition: "throttled",
    cpu_percent: 104.2,
    memory_mib: 640,
    verdict: "dev",
  }),
  agent({ label: "other", state: "blocked", pid: null, cpu_percent: null, memory_mib: null, last_heartbeat_at: null }),
];

test("every agent is a line; what was not measured is a dash", () => {
  expect(agentLines(agents, NOW, plain).slice(0, 4)).toEqual([
    "AGENT            STATE              CONDITION     CPU  BUDGET   MEMORY  RESTARTS  LAST HEARD      PID  VERDICT",
    "folder-activity  running            free       0.07 %  0.10 %   31 MiB         0  2 s ago     1234567  trusted",
    "mine             running, degraded  throttled   104 %  0.10 %  640 MiB         0  2 s ago     1234567  dev",
    "other            blocked            free            –  0.10 %        –         0  –                 –  trusted",
  ]);
});

test("what one that is well has to say stands below the table", () => {
  const lines = agentLines([agent({}), agent({ label: "letters", says: "WARNING: 3 waiting" })], NOW, plain);
  expect(lines.slice(-2)).toEqual(["Something to say: letters", "  letters: WARNING: 3 waiting"]);
});

test("where none runs, those that are switched off are named with what brings them back", () => {
  const row = (value: boolean) => [{ key: "enabled", value, source: "runtime" as const, from: "state/overrides.json" }];
  const off = { plugin_id: "acme.x", values: row(false) };
  expect(noAgentLines({})).toEqual(["No agents. `mimolo init` writes a configuration to start from."]);
  expect(noAgentLines({ one: off })).toEqual([
    "No agent runs, it is switched off: one. To bring one back:",
    "  mimolo plugin enable acme.x",
  ]);
  const many = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`a${n}`, { ...off, plugin_id: `acme.a${n}` }]));
  const lines = noAgentLines({ ...many, twin: { ...off, plugin_id: "acme.a1" } });
  expect(lines[0]).toContain("all are switched off: a1, a2,");
  expect(lines.slice(-2)).toEqual(["  mimolo plugin enable acme.a5", "  and 1 more: mimolo plugin list"]);
});

test("on 80 columns nothing wraps, and what matters stays", () => {
  const lines = agentLines(agents, NOW, plain, 80).slice(0, 4);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
  expect(lines[0]).toBe("AGENT            STATE              CONDITION     CPU  BUDGET   MEMORY  RESTARTS");
});

test("the collector says what it has promised and why it gives less", () => {
  const budget = { sum: 20, scale: 0.5, reasons: ["the sum was over the total"], ops: 5, total: 20 };
  const lines = collectorLines(
    {
      pid: 1,
      started_at: "",
      uptime_s: 60,
      mode: "release",
      data_dir: "/d",
      version: "0.4.0",
      address: null,
      http: null,
      budget,
    },
    plain,
  );
  expect(lines.at(-1)).toBe(
    "  budget    20 % of a core for agents, 5 % for the collector, of 20 %\n            the sum was over the total",
  );
});

test("a disk that takes no evidence is said where one looks first", () => {
  const budget = { sum: 0, scale: 1, reasons: [], ops: 5, total: 20 };
  const collector = {
    pid: 1,
    started_at: "",
    uptime_s: 60,
    mode: "release",
    data_dir: "/d",
    version: "0.4.0",
  } as const;
  const lines = collectorLines(
    { ...collector, address: null, http: null, budget, fault: "/d/x.jsonl: the disk is full" },
    plain,
  );
  expect(lines.at(-1)).toBe("  fault     evidence waits for the disk and is tried again: /d/x.jsonl: the disk is full");
});

test("every trouble is explained once, the gravest first, with what to do next", () => {
  const troubled = [
    agent({ label: "fine" }),
    agent({ label: "slow", condition: "throttled" }),
    agent({
      label: "a",
      health: "degraded",
      condition: "throttled",
      reason: "line 3 is no line protocol; 2 % of a core",
    }),
    agent({ label: "b", health: "degraded", reason: "git is not\ninstalled" }),
    agent({ label: "c", health: "degraded" }),
    agent({ label: "hog", health: "overload", condition: "throttled" }),
    agent({ label: "dies", state: "quarantined", health: "failed", reason: "exit code 1" }),
    agent({ label: "again", state: "backing-off", health: "failed" }),
    agent({ label: "off", state: "stopped" }),
    agent({ label: "begins", cpu_percent: 0.59 }),
  ];
  expect(agentLines(troubled, NOW, plain).slice(11)).toEqual([
    "",
    "In quarantine, tried again every ten minutes: dies",
    "  dies: exit code 1",
    "  `mimolo agent restart dies` tries again now.",
    "",
    "Backing off: it ended, and is started again by itself: again",
    "  `mimolo logs again` says why.",
    "",
    "Overload: slowed down again and again, and still over its CPU budget: hog",
    "  `mimolo logs hog` says why.",
    "  Let it do less, or grant it more: `cpu_budget_percent` in its settings.",
    "",
    "Degraded: a, b, c",
    "  a: line 3 is no line protocol; 2 % of a core",
    "  b: git is not installed",
    "  `mimolo logs c` says why.",
    "",
    "Throttled: slow",
    "  `mimolo logs slow` says why.",
    "",
    "Over its CPU budget, and free: begins",
    "  Who is over it for a minute, and still is at its end, is slowed down;",
    "  what its start costs, or a burst that it declared, is not held against it.",
    "",
    "Stopped: off",
    "  `mimolo agent start off` starts it.",
  ]);
});
