import { join } from "node:path";
import { expect, test } from "vitest";
import { ConfigError, defaultConfig, explainAgent, explainSections, withPlugins } from "../../src/config/index.ts";
import { explainPlugin } from "../../src/config/explain-plugin.ts";
import { scratch } from "./scratch.ts";

test("every value of an agent names its source: plugin, global, environment, user or runtime", () => {
  const { root, load } = scratch({
    "etc/mimolo.toml": "[plugins.load]\nmemory_mib = 50\n",
    "user/mimolo.toml": '[plugins.load]\nplugin = "mimolo.system-load"\n[plugins.load.thresholds]\nhigh = 9\n',
  });
  const config = load({
    env: { MIMOLO_PLUGINS__LOAD__SAMPLES: "3" },
    overrides: { agents: { load: { thresholds: { low: 1 } } } },
  });
  const explained = explainAgent(config, "load", { samples: 1, disks: ["/"], agent_flush_interval_s: 10 });
  const of = (key: string) => {
    const found = explained?.values.find((value) => value.key === key);
    return found === undefined ? undefined : [found.value, found.source, found.from];
  };
  expect(explained?.plugin_id).toBe("mimolo.system-load");
  expect(of("memory_mib")).toEqual([50, "global", join(root, "etc", "mimolo.toml")]);
  expect(of("samples")).toEqual([3, "environment", "environment MIMOLO_PLUGINS__LOAD__SAMPLES"]);
  expect(of("plugin")).toEqual(["mimolo.system-load", "user", join(root, "user", "mimolo.toml")]);
  expect(of("thresholds")).toEqual([{ high: 9, low: 1 }, "runtime", "state/overrides.json"]);
  expect(of("disks")).toEqual([["/"], "plugin", "plugin defaults"]);
  expect(of("agent_flush_interval_s")).toEqual([10, "plugin", "plugin defaults"]);
  expect(of("heartbeat_interval_s")).toEqual([5, "plugin", "default"]);
  expect(explainAgent(config, "nobody")).toBeUndefined();
});

test("every value of the sections names its source", () => {
  const values = explainSections(scratch({ "user/mimolo.toml": "[control]\nport = 1\n" }).load());
  expect(values.find(({ key }) => key === "control.port")).toMatchObject({ value: 1, source: "user", line: 2 });
  expect(values.find(({ key }) => key === "monitor.cooldown_seconds")).toEqual({
    key: "monitor.cooldown_seconds",
    value: 600,
    source: "plugin",
    from: "default",
  });
});

test("agents configured in code lie over those of the files, key by key", () => {
  const config = scratch({
    "user/mimolo.toml": '[plugins.load]\nplugin = "mimolo.system-load"\nmemory_mib = 50\nsamples = 1\n',
  }).load();
  const { plugins } = withPlugins(config, {
    load: { memory_mib: 60, settings: { disks: [] } },
    mine: { executable: "x" },
  });
  expect(plugins["load"]).toMatchObject({
    plugin: "mimolo.system-load",
    memory_mib: 60,
    settings: { samples: 1, disks: [] },
  });
  expect(plugins["mine"]).toMatchObject({ executable: "x", enabled: true, heartbeat_interval_s: 5, args: [], env: {} });
  expect(withPlugins(undefined, {})).toEqual(defaultConfig());
  expect(() => withPlugins(undefined, { "no label": {} })).toThrow(ConfigError);
  expect(() => withPlugins(undefined, { x: { memory_mib: 0 } })).toThrow("must be a number from 8");
});

test("who names an agent where a plugin is wanted is told which plugin that is", () => {
  const config = scratch({ "user/mimolo.toml": '[plugins.load]\nplugin = "mimolo.system-load"\n' }).load();
  const hint = "load is an agent of mimolo.system-load: name that";
  expect(() => explainPlugin(config, "load", [])).toThrow(expect.objectContaining({ code: "not-installed", hint }));
  const other = { code: "not-installed", hint: "mimolo plugin list shows what is here" };
  expect(() => explainPlugin(config, "constructor", [])).toThrow(expect.objectContaining(other));
});
