import { expect, test } from "vitest";
import { defaultConfig, withPlugins } from "../../../src/config/index.ts";
import { knownPlugins, type PluginNeeds, withNeeded } from "../../../src/plugins/dependencies/index.ts";

const known: readonly PluginNeeds[] = [
  { id: "mimolo.system-load", version: "0.4.0", label: "system-load", dependencies: {} },
  { id: "acme.top", version: "1.0.0", dependencies: { "acme.mid": "^1" } },
  { id: "acme.mid", version: "1.0.0", dependencies: { "acme.low": "^1", "mimolo.system-load": "*" } },
  { id: "acme.low", version: "1.4.0", dependencies: {} },
  { id: "else.low", version: "1.4.0", dependencies: {} },
  { id: "acme.3d", version: "1.0.0", dependencies: {} },
  { id: "acme.broken", version: "1.0.0", dependencies: { "acme.gone": "^1", "acme.low": "*" } },
];
const none = { known, loads: [] };

function agents(plugins: Parameters<typeof withPlugins>[1], around: Parameters<typeof withNeeded>[1]) {
  return Object.entries(withNeeded(withPlugins(defaultConfig(), plugins), around).plugins).map(
    ([label, { plugin, executable, enabled, from }]) => [label, plugin ?? executable, enabled ? from.file : "off"],
  );
}

test("a plugin whose agent runs pulls in what it needs, and each says for whom it is there", () => {
  expect(agents({ work: { plugin: "acme.top" } }, none)).toEqual([
    ["work", "acme.top", "code"],
    ["low", "acme.low", "needed by acme.mid"],
    ["system-load", "mimolo.system-load", "needed by acme.mid"],
    ["mid", "acme.mid", "needed by acme.top"],
  ]);
});

test("what runs already is not added again, by whatever name it was configured", () => {
  expect(
    agents({ work: { plugin: "acme.mid" }, load: { plugin: "system-load" }, mine: { plugin: "acme.low" } }, none),
  ).toEqual([
    ["work", "acme.mid", "code"],
    ["load", "system-load", "code"],
    ["mine", "acme.low", "code"],
  ]);
});

test("labels that are taken, or that the environment could not tell apart, are counted on", () => {
  expect(
    agents(
      { LOW: { executable: "./low.mjs" }, "low-2": { plugin: "acme.low", enabled: false } },
      { known, loads: ["else.low", "acme.3d"] },
    ),
  ).toEqual([
    ["LOW", "./low.mjs", "code"],
    ["low-2", "acme.low", "off"],
    ["low-3", "else.low", "plugin load"],
    ["_3d", "acme.3d", "plugin load"],
  ]);
});

test("a load starts what is switched off in the configuration, for this run", () => {
  const off = { work: { plugin: "acme.low", enabled: false } };
  expect(agents(off, none)).toEqual([["work", "acme.low", "off"]]);
  expect(agents(off, { known, loads: ["acme.low"] })).toEqual([["work", "acme.low", "code"]]);
});

test("nothing is started for what cannot run, and nothing that somebody switched off", () => {
  expect(agents({ work: { plugin: "acme.broken" } }, none)).toEqual([["work", "acme.broken", "code"]]);
  expect(agents({ work: { plugin: "acme.top" }, low: { plugin: "acme.low", enabled: false } }, none)).toEqual([
    ["work", "acme.top", "code"],
    ["low", "acme.low", "off"],
  ]);
  const off = knownPlugins(
    { builtins: [], installed: described(), found: [] },
    { plugins: { "acme.low": { enabled: false } } },
  );
  expect(off.filter(({ disabled }) => disabled === true).map(({ id }) => id)).toEqual(["acme.low"]);
  expect(agents({ work: { plugin: "acme.top" } }, { known: off, loads: [] })).toEqual([
    ["work", "acme.top", "code"],
    ["low", "acme.low", "off"],
  ]);
  expect(agents({}, { known: off, loads: [] })).toEqual([]);
});

test("what was changed for a plugin while a collector ran holds for an agent that is added", () => {
  const overrides = { plugins: { "acme.low": { every: 5, enabled: true }, "acme.mid": { memory_mib: 64 } } };
  const { plugins } = withNeeded(withPlugins(undefined, { work: { plugin: "acme.top" } }), { ...none, overrides });
  expect(plugins["low"]?.settings).toEqual({ every: 5 });
  expect(plugins["mid"]?.memory_mib).toBe(64);
});

test("what is loaded and cannot run gets its agent, so that it can say why", () => {
  expect(agents({}, { known, loads: ["acme.broken", "acme.nobody"] })).toEqual([
    ["broken", "acme.broken", "plugin load"],
  ]);
});

function described() {
  return known.map(({ id, version, dependencies }) => ({
    pluginId: id,
    manifest: { version, dependencies: { ...dependencies } },
  }));
}
