import { expect, test } from "vitest";
import { defaultConfig, describeKeys, starterConfig } from "../../src/config/index.ts";
import { loadToml, scratch } from "./scratch.ts";

const agents = [
  { label: "folder-activity", plugin: "mimolo.folder-activity", description: "What changes in this folder." },
  { label: "system-load", plugin: "mimolo.system-load", description: "How busy this machine is." },
];

test("the starter loads where it lies, without consent, notices or any change to the defaults", () => {
  const config = scratch({ "project/mimolo.toml": starterConfig(agents) }).load({ builtins: [] });
  expect(config.notices).toEqual([]);
  expect(Object.keys(config.plugins)).toEqual(["folder-activity", "system-load"]);
  const { monitor, control, trust, rules, privacy, registry } = defaultConfig();
  expect(config).toMatchObject({ monitor, control, trust, rules, privacy, registry });
});

test("what is not wanted from the beginning is there to be switched on", () => {
  const [folder, load] = agents;
  const text = starterConfig(agents.slice(0, 1), agents.slice(1));
  expect(Object.keys(loadToml(text).plugins)).toEqual([folder?.label]);
  expect(Object.keys(loadToml(text.replaceAll(/^# (?=\[plugins.system|plugin = )/gm, "")).plugins)).toEqual([
    folder?.label,
    load?.label,
  ]);
});

test("every commented line of the starter that sets a default may be switched on and changes nothing", () => {
  const switchedOn = starterConfig(agents)
    .split("\n")
    .map((line) => (/^# (\[|[a-z_]+ = \S)/.test(line) && !/^# [a-z_]+ = ""$/.test(line) ? line.slice(2) : line))
    .join("\n");
  const config = loadToml(switchedOn);
  expect(config.monitor).toEqual(defaultConfig().monitor);
  expect(config.control).toEqual(defaultConfig().control);
  expect(config.plugins["my-agent"]).toMatchObject({ executable: "./my-agent.py", heartbeat_interval_s: 5 });
});

test("its comments are plain words: a file beside one's work has no pages to lead to", () => {
  expect(starterConfig(agents)).not.toMatch(/\]\(|\.md\b/);
});

const javaScriptTypes: Readonly<Record<string, string>> = {
  boolean: "boolean",
  text: "string",
  list: "object",
  table: "object",
};

test("every key has a meaning of one line and says what it takes", () => {
  for (const { key, meaning, allowed, kind, default: value } of describeKeys()) {
    expect(meaning, key).toMatch(/^[A-Z][^\n]{10,120}\.$/);
    expect(allowed, key).not.toBe("");
    if (value !== undefined) expect(typeof value, key).toBe(javaScriptTypes[kind] ?? "number");
  }
});

test("the defaults are those the design names", () => {
  const value = (key: string) => describeKeys().find((description) => description.key === key)?.default;
  expect({
    cooldown: value("monitor.cooldown_seconds"),
    retention: value("monitor.diagnostics_retention_days"),
    lines: value("monitor.max_line_bytes"),
    budgets: [
      "main_system_max_cpu_per_plugin",
      "max_plugin_cpu_percent",
      "global_total_cpu_budget_percent",
      "ops_cpu_budget_percent",
      "plugin_memory_mib",
    ].map((key) => value(`monitor.${key}`)),
    heartbeat: value("plugins.<label>.heartbeat_interval_s"),
    flush: value("plugins.<label>.agent_flush_interval_s"),
    port: value("control.port"),
  }).toEqual({
    cooldown: 600,
    retention: 14,
    lines: 65_536,
    budgets: [0.1, 10, 20, 5, 100],
    heartbeat: 5,
    flush: 60,
    port: 7466,
  });
});
