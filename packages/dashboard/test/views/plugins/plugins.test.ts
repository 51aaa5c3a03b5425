import { PluginState } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { microsecondsText, mibText, percentText } from "../../../src/page/views/plugins/detail/figures.ts";
import { eachOnce, isInstalled, type Plugin, stateText } from "../../../src/page/views/plugins/plugin-state.ts";
import { settingsFields } from "../../../src/page/views/plugins/settings/settings-fields.ts";

const plugin = (more: Partial<Plugin>): Plugin => ({
  plugin_id: "acme.inbox",
  name: "Inbox",
  version: "1.0.0",
  type: "agent",
  state: "active",
  verdict: "trusted",
  path: "/data/plugins/store/acme.inbox/1.0.0",
  interfaces: [],
  capabilities: [],
  permissions: [],
  ...more,
});

test("every state of a plugin's life has its words", () => {
  for (const state of PluginState.options) expect(stateText(state).says).not.toContain("does not know");
  expect(PluginState.options.filter((state) => !stateText(state).isOn)).toEqual(["discovered", "unloaded"]);
});

test("a plugin of several agents stands there once, and what is wrong with one of them is not hidden", () => {
  const modified = plugin({ verdict: "modified", state: "discovered" });
  const other = plugin({ plugin_id: "acme.other" });
  expect(eachOnce([plugin({}), other, modified])).toEqual([modified, other]);
  expect(eachOnce([plugin({ state: "unloaded" }), plugin({})])).toEqual([plugin({})]);
});

test("what came as a package can be uninstalled", () => {
  expect(isInstalled(plugin({}))).toBe(true);
  expect(isInstalled(plugin({ path: String.raw`C:\data\plugins\store\acme.inbox` }))).toBe(true);
  expect(isInstalled(plugin({ path: "/usr/lib/node_modules/mimolo/system-load.js" }))).toBe(false);
});

test("settings come in groups: the plugin's, pace and limits, and what only the terminal changes", () => {
  const said = (key: string, value: unknown) => ({ key, value, source: "user" as const, from: "mimolo.toml" });
  const { own, pace, heldBack } = settingsFields({
    plugin_id: "acme.inbox",
    values: [
      said("enabled", true),
      said("executable", "node"),
      said("args", []),
      said("env.LANG", "C"),
      said("memory_mib", 64),
      said("every_s", 5),
    ],
    schema: { properties: { every_s: { type: "integer" }, loud: { type: "boolean" } } },
  });
  expect(own.map(({ key }) => key)).toEqual(["every_s", "loud"]);
  expect(pace.map(({ key, value }) => [key, value])).toEqual([
    ["heartbeat_interval_s", undefined],
    ["agent_flush_interval_s", undefined],
    ["cpu_budget_percent", undefined],
    ["memory_mib", 64],
  ]);
  expect(heldBack.map(({ key }) => key)).toEqual(["executable", "env.LANG"]);
});

test("a command is told how often it runs, how long it may take and what counts as work; not what only monitors have", () => {
  const said = (key: string, value: unknown) => ({ key, value, source: "user" as const, from: "mimolo.toml" });
  const { own, pace, heldBack } = settingsFields({
    plugin_id: "local.letters",
    values: [
      said("executable", "./letters.sh"),
      said("as", "nagios"),
      said("poll_interval_s", 10),
      said("heartbeat_interval_s", 5),
      said("colour", "red"),
    ],
  });
  expect(own.map(({ key, kind, value }) => [key, kind.is, value])).toEqual([
    ["poll_interval_s", "number", 10],
    ["timeout_s", "number", undefined],
    ["activity", "choice", undefined],
    ["colour", "text", "red"],
  ]);
  expect(pace.map(({ key }) => key)).not.toContain("resets_cooldown");
  expect(heldBack.map(({ key, value }) => [key, value])).toEqual([
    ["executable", "./letters.sh"],
    ["as", "nagios"],
  ]);
});

test("figures are as exact as they are small", () => {
  expect([percentText(0.04), percentText(12.345), mibText(null), mibText(38.54)]).toEqual([
    "0.04 %",
    "12.3 %",
    "–",
    "38.5 MiB",
  ]);
  expect([
    microsecondsText(null),
    microsecondsText(840),
    microsecondsText(12_400),
    microsecondsText(1_200_000),
  ]).toEqual(["–", "840 µs", "12.4 ms", "1.2 s"]);
});
