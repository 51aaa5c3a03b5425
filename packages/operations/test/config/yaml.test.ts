import { expect, test } from "vitest";
import { scratch } from "./scratch.ts";

const load = (yaml: string) => scratch({ "project/mimolo.yaml": yaml }).load({ configFile: "mimolo.yaml" });
const refused = (yaml: string) => scratch({ "project/mimolo.yaml": yaml }).refused({ configFile: "mimolo.yaml" });

test("YAML says the same as TOML; empty sections are empty tables", () => {
  const config = load(`
monitor:
  cooldown_seconds: 30
control:
plugins:
  load:
    plugin: mimolo.system-load
    samples: 3
  silent:
privacy:
  - field: data.title
    glob: "*bank*"
`);
  expect(config.monitor.cooldown_seconds).toBe(30);
  expect(config.plugins["load"]).toMatchObject({ plugin: "mimolo.system-load", settings: { samples: 3 } });
  expect(config.privacy).toEqual([
    { name: "privacy-1", match_agent: "*", field: "data.title", glob: "*bank*", action: "redact" },
  ]);
  expect(load("").files).toHaveLength(1);
});

test.each([
  [
    "monitor:\n  cooldown_secnds: 3\n",
    "unknown-key",
    'mimolo.yaml:2:3: unknown key "cooldown_secnds" in [monitor], did you mean "cooldown_seconds"?',
  ],
  [
    "plugins:\n  a:\n    executable: x\n    args: [ok, 3]\n",
    "wrong-type",
    'mimolo.yaml:4:16: "args[1]" in [plugins.a] must be text in quotes; found the number 3',
  ],
  ["plugins:\n  a: {}\n  a: {}\n", "duplicate-label", 'mimolo.yaml:3:3: "plugins.a" is already defined in line 2'],
  ["monitor: {}\nmonitor: {}\n", "duplicate-key", 'mimolo.yaml:2:1: "monitor" is already defined in line 1'],
  [
    "monitor: [1, 2\n",
    "invalid-yaml",
    "mimolo.yaml:2:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  ["- a\n- b\n", "wrong-type", "mimolo.yaml: a configuration is a table of sections"],
])("a mistake in YAML is told with its place: %j", (yaml, code, message) => {
  const error = refused(yaml);
  expect([error.code, error.message]).toEqual([code, message]);
});
