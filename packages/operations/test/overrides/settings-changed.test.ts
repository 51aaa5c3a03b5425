import { beforeEach, expect, test } from "vitest";
import {
  explainPlugin,
  type KnownPlugin,
  type LoadedConfig,
  type RuntimeOverrides,
  withOverrides,
} from "../../src/config/index.ts";
import { CollectorError } from "../../src/error.ts";
import { type SettingsEdit, settingsChanged } from "../../src/overrides/settings-changed.ts";
import { loadToml } from "../config/scratch.ts";

const mail: KnownPlugin = {
  plugin_id: "acme.mail",
  defaults: { count: 1, limits: { soft: 1, hard: 2 } },
  config_schema: { properties: { count: { type: "integer", maximum: 9 }, token: { type: "string", minLength: 20 } } },
};
const known = [mail, { plugin_id: "acme.idle", defaults: { level: "low" } }];
let config: LoadedConfig;
beforeEach(() => {
  config = loadToml(
    '[plugins.mail]\nplugin = "acme.mail"\n[plugins.other]\nplugin = "acme.mail"\ncount = 4\n[plugins.mine]\nexecutable = "x"\n',
    { builtins: known },
  );
});

function change(values: SettingsEdit["values"], more: Partial<SettingsEdit> = {}, before: RuntimeOverrides = {}) {
  return settingsChanged(before, { pluginId: "acme.mail", values, ...more }, { config, known });
}

function refusal(act: () => unknown): [code: string, message: string, hint: string] {
  try {
    act();
  } catch (error) {
    if (error instanceof CollectorError) return [error.code, error.message, error.hint];
    throw error;
  }
  throw new Error("it was accepted");
}

test("a change holds for all agents of the plugin, one with a label for that one, and the label wins", () => {
  const all = change({ count: 5, limits: { hard: 7 } });
  const both = change({ count: 6 }, { label: "OTHER" }, all);
  expect(both).toEqual({
    plugins: { "acme.mail": { count: 5, limits: { hard: 7 } } },
    agents: { other: { count: 6 } },
  });
  const { values } = explainPlugin(withOverrides(config, both, known), "acme.mail", known);
  const of = (key: string) =>
    values.filter((row) => row.key === key).map(({ value, source, label }) => [value, source, label]);
  expect(of("count")).toEqual([
    [5, "runtime", "mail"],
    [6, "runtime", "other"],
  ]);
  expect(of("limits.hard")).toEqual([[7, "runtime", undefined]]);
  expect(of("limits.soft")).toEqual([[1, "plugin", undefined]]);
});

test("null takes back what was changed, in tables too", () => {
  const before = change({ count: 5, limits: { hard: 7, soft: 3 } });
  expect(change({ count: null, limits: { hard: null } }, {}, before).plugins).toEqual({
    "acme.mail": { limits: { soft: 3 } },
  });
  expect(change({ nothing: null })).toMatchObject({ plugins: { "acme.mail": {} } });
});

test("a reference to a secret is one value: it replaces a text and is replaced as a whole, and no schema judges it", () => {
  const first = change({ token: { env: "MAIL_TOKEN" } });
  const second = change({ token: { file: "/run/secrets/mail" } }, {}, first);
  expect(second.plugins).toEqual({ "acme.mail": { token: { file: "/run/secrets/mail" } } });
  const report = explainPlugin(withOverrides(config, second, known), "acme.mail", known, "mail");
  expect(report.values.find(({ key }) => key === "token")?.value).toEqual({ file: "/run/secrets/mail" });
  expect(refusal(() => change({ token: { file: "secret.txt" } }))).toEqual([
    "bad-setting",
    '"token" names the file "secret.txt", which depends on where one is',
    "write the whole path, or one that begins with ~/",
  ]);
});

test("what the plugin or MiMoLo does not allow is refused with what is allowed, and nothing of it is kept", () => {
  expect(refusal(() => change({ count: 12, fine: 1 }))).toMatchObject([
    "bad-setting",
    '"count" in [plugins.mail] must be a whole number up to 9; found the number 12',
    "correct it or leave it out",
  ]);
  expect(refusal(() => change({ token: "short" }))[1]).toContain("of at least 20 characters");
  expect(refusal(() => change({ memory_mib: "much" }))[1]).toContain(
    '"memory_mib" in [plugins.mail] must be a number from 8',
  );
  expect(refusal(() => change({ coutn: 1 }))[1]).toContain('did you mean "count"?');
  for (const key of ["plugin", "executable", "args", "env", "cwd", "runtime", "enabled"]) {
    expect(refusal(() => change({ [key]: "x" }))[0]).toBe("bad-setting");
  }
});

test("what is refused comes with a command that can be typed as it stands", () => {
  expect(refusal(() => change({ enabled: false }))[2]).toBe(
    "mimolo plugin enable acme.mail, or mimolo plugin disable acme.mail",
  );
  expect(refusal(() => change({ cwd: "/" }, { label: "OTHER" }))[2]).toContain("mimolo agent config other cwd=VALUE");
  expect(refusal(() => change({ args: ["x"] }, { pluginId: "acme.idle" }))[2]).toContain("[plugins.LABEL]");
  expect(refusal(() => change({ memory_mib: "much" }))[2]).not.toContain(" ID");
});

test("unknown plugins and labels are named with the nearest", () => {
  expect(refusal(() => change({}, { pluginId: "acme.mali" }))).toEqual([
    "not-installed",
    "there is no plugin acme.mali here",
    "did you mean acme.mail?",
  ]);
  expect(refusal(() => change({}, { label: "mine" }))).toEqual([
    "unknown-agent",
    'there is no agent "mine" that runs acme.mail',
    "it is run by mail, other",
  ]);
});

test("a plugin that nobody runs can be told things, too", () => {
  const told = settingsChanged({}, { pluginId: "acme.idle", values: { level: "high" } }, { config, known });
  const { values } = explainPlugin(withOverrides(config, told, known), "acme.idle", known);
  expect(values).toEqual([{ key: "level", value: "high", source: "runtime", from: "state/overrides.json" }]);
});

test("a program of one's own has settings under its own id", () => {
  const told = settingsChanged({}, { pluginId: "local.mine", values: { colour: "red" } }, { config, known });
  expect(withOverrides(config, told, known).plugins["mine"]?.settings).toEqual({ colour: "red" });
});
