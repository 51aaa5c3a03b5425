import { agent } from "./agents.ts";
import { at, type Examples, onePage } from "./example.ts";

const plugin = {
  plugin_id: "mimolo.system-load",
  name: "System load",
  description: "Keeps processor, memory and disk use; says nothing about work",
  version: "0.4.0",
  type: "agent",
  state: "active",
  verdict: "trusted",
  path: "/usr/lib/node_modules/mimolo/system-load.js",
  interfaces: [],
  capabilities: [],
  permissions: [],
  filesystem: { read: ["/proc/stat", "/proc/meminfo"], write: [], settings_read: [] },
};
const change = { plugin_id: "mimolo.system-load", version: "0.4.0", agents: ["system-load"] };
const config = {
  plugin_id: "mimolo.system-load",
  values: [{ key: "agent_flush_interval_s", value: 60, source: "runtime", from: "overrides.json" }],
};

const changed = (state: string, outcome: string) => ({
  body: {},
  answer: { ...change, state, outcome, message: `mimolo.system-load is ${outcome}` },
});

export const pluginExamples: Examples = {
  listPlugins: { answer: { ...onePage(plugin), plugins: [plugin], problems: [] } },
  getPluginStatus: {
    answer: { ...plugin, granted: [], agents: [{ ...agent, label: "system-load", plugin_id: plugin.plugin_id }] },
  },
  installPlugin: {
    body: { path: "/home/ada/acme.inbox-watch-1.0.0.mmpkg" },
    answer: {
      plugin_id: "acme.inbox-watch",
      version: "1.0.0",
      digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      key_id: "0123456789ABCDEF",
      verdict: "trusted",
      path: "/home/ada/.local/share/mimolo/plugins/store/acme.inbox-watch/1.0.0",
      granted: ["network"],
      not_granted: [],
      replaced: null,
      changed: true,
    },
  },
  removePlugin: { answer: { plugin_id: "mimolo.system-load", versions: ["1.0.0"] } },
  loadPlugin: changed("active", "loaded"),
  unloadPlugin: changed("unloaded", "unloaded"),
  enablePlugin: changed("active", "enabled"),
  disablePlugin: changed("unloaded", "disabled"),
  reloadPlugin: changed("active", "reloaded"),
  getPluginConfig: { answer: config },
  changePluginConfig: { body: { agent_flush_interval_s: 60 }, answer: config },
  upgradePlugin: {
    body: { version: "^1.1.0" },
    answer: {
      upgrades: [
        {
          plugin_id: "acme.inbox-watch",
          from: "1.0.0",
          to: "1.1.0",
          outcome: "upgraded",
          message: "acme.inbox-watch 1.1.0 took the place of 1.0.0",
          at,
        },
      ],
      problems: [],
    },
  },
};
