import { expect, test } from "vitest";
import { defaultConfig } from "../../../src/index.ts";
import { configuredAgent } from "../../../src/config/loaded-config.ts";
import { runningLabels, withoutUnloaded } from "../../../src/plugins/switch/overlay.ts";
import { forgotten, switchedOff, switchedOn } from "../../../src/plugins/switch/switched.ts";

const from = { file: "/x/mimolo.toml", folder: "/x" };
const config = {
  ...defaultConfig(),
  plugins: {
    one: configuredAgent({ plugin: "acme.x" }, from),
    two: configuredAgent({ plugin: "acme.x", enabled: false }, from),
    other: configuredAgent({ plugin: "acme.y" }, from),
    own: configuredAgent({ executable: "/bin/true" }, from),
  },
};

test("what is switched off keeps its settings, and has them when it is switched on again", () => {
  const changed = { plugins: { "acme.x": { unit: 5 } }, agents: { one: { unit: 6 } } };
  const off = switchedOff(changed, "acme.x");
  expect(off).toEqual({ plugins: { "acme.x": { unit: 5, enabled: false } }, agents: { one: { unit: 6 } } });
  expect(switchedOn(off, "acme.x", null)).toEqual({ ...off, plugins: { "acme.x": { unit: 5, enabled: true } } });
  expect(switchedOn({}, "acme.z", "z")).toEqual({
    plugins: { "acme.z": { enabled: true } },
    agents: { z: { plugin: "acme.z" } },
  });
});

test("of a plugin that is gone nothing is kept, and of others all of it", () => {
  const others = { plugins: { "acme.y": { unit: 1 } }, agents: { own: { executable: "x" }, two: { unit: 2 } } };
  const kept = {
    plugins: { ...others.plugins, "acme.x": { enabled: true } },
    agents: { ...others.agents, x: { plugin: "acme.x", unit: 3 } },
  };
  expect(forgotten(kept, "acme.x")).toEqual(others);
  expect(forgotten(others, "acme.x")).toBe(others);
});

test("agents of an unloaded plugin are off, and nobody else's", () => {
  const off = withoutUnloaded(config, ["acme.x", "local.own"], []);
  const on = Object.entries(off.plugins).flatMap(([label, { enabled }]) => (enabled ? [label] : []));
  expect(on).toEqual(["other"]);
  expect(runningLabels(config, "acme.x", [])).toEqual(["one"]);
});
