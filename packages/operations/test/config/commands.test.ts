// Sections of agents without code: what is wrong is told before anything starts.
import { expect, test } from "vitest";
import type { KnownPlugin } from "../../src/config/index.ts";
import { loadToml, refuseToml } from "./scratch.ts";

const runner: KnownPlugin = {
  plugin_id: "mimolo.command",
  runs_commands: true,
  defaults: { cpu_budget_percent: 1 },
  config_schema: {
    type: "object",
    properties: {
      timeout_s: { type: "number", minimum: 0.1, maximum: 3_600 },
      activity: { enum: ["passive", "changes", "output"] },
    },
  },
};
const section = (more: string) => `[plugins.disk]\nexecutable = "./check.sh"\n${more}\n`;
const told = (more: string) =>
  refuseToml(section(more), { builtins: [runner] }).problems.map(({ message, key, code, hint }) => ({
    message: message.replace(/^\S+ /, ""),
    key,
    code,
    hint,
  }));

test("settings of what runs a command are held to its schema, with field, value and what was expected", () => {
  expect(told('as = "lines"\ntimeout_s = "soon"\nactivity = "chagnes"')).toMatchObject([
    {
      message: '"timeout_s" in [plugins.disk] must be a number from 0.1 to 3600; found the text "soon"',
      key: "plugins.disk.timeout_s",
      code: "wrong-type",
    },
    {
      message:
        '"activity" in [plugins.disk] must be one of "passive", "changes", "output"; found the text "chagnes", did you mean "changes"?',
      key: "plugins.disk.activity",
      code: "not-allowed",
    },
  ]);
  expect(told('as = "lines"\ntimeout_s = 0')).toMatchObject([{ key: "plugins.disk.timeout_s", code: "out-of-range" }]);
  expect(told('as = "lines"\ntimeouts = 5')).toMatchObject([{ code: "unknown-key", key: "plugins.disk.timeouts" }]);
  const { plugins } = loadToml(section('as = "lines"\ntimeout_s = 0.5\nactivity = "output"'), { builtins: [runner] });
  expect(plugins["disk"]?.settings).toEqual({ timeout_s: 0.5, activity: "output" });
  // An agent that speaks the protocol has settings of its own.
  const own = loadToml(section('timeout_s = "soon"'), { builtins: [runner] });
  expect(own.plugins["disk"]?.settings).toEqual({ timeout_s: "soon" });
});

test.each(["ass", "az", "sa", "a"])("%s with the name of a format is a slip for as", (key) => {
  expect(told(`${key} = "nagios"`)).toEqual([
    {
      message: `unknown key "${key}" in [plugins.disk], did you mean "as"?`,
      key: `plugins.disk.${key}`,
      code: "unknown-key",
      hint: "rename it to as; a setting of the plugin's own needs a name less like it",
    },
  ]);
});

test("a short name with another value is a setting as any other", () => {
  const { plugins } = loadToml(section('at = "noon"\nax = 5'), { builtins: [runner] });
  expect(plugins["disk"]?.settings).toEqual({ at: "noon", ax: 5 });
});

test("arguments that no system would take are refused, and the longest is named", () => {
  const long = "x".repeat(120_000);
  expect(told(`as = "lines"\nargs = ["-q", "${long}"]`)).toEqual([
    {
      message:
        '"args" in [plugins.disk] must take 98,304 bytes together at most, as JSON; found 120,009, of which args[1], "xxxxxxxxxxxxxxxxxxxx…", takes 120,000',
      key: "plugins.disk.args[1]",
      code: "invalid-value",
      hint: "put it into a file, and let the command read that",
    },
  ]);
  const fits = loadToml(section(`as = "lines"\nargs = ["${long.slice(0, 70_000)}"]`), { builtins: [runner] });
  expect(fits.plugins["disk"]?.args[0]).toHaveLength(70_000);
});
