import { join } from "node:path";
import { stringify } from "smol-toml";
import { expect, test } from "vitest";
import { AgentSection } from "../../src/config/agent-schema.ts";
import { explainPlugin, type KnownPlugin, type RuntimeOverrides, withOverrides } from "../../src/config/index.ts";
import { paceKeys } from "../../src/config/pace-defaults.ts";
import { scratch } from "./scratch.ts";

const sources = ["plugin", "global", "environment", "user", "runtime"] as const;
type Source = (typeof sources)[number];

/** Values of one key by source, all different; `plugin` only where a plugin may wish. */
type Values = Partial<Record<Source, unknown>>;

const five = (plugin: unknown, global: unknown, environment: unknown, user: unknown, runtime: unknown): Values => ({
  plugin,
  global,
  environment,
  user,
  runtime,
});
const four = (global: unknown, environment: unknown, user: unknown, runtime: unknown): Values => ({
  global,
  environment,
  user,
  runtime,
});

/** Every key of [plugins.<label>] that several sources may set without changing what runs, and settings of every kind. */
const keys: Readonly<Record<string, Values>> = {
  args: four(["g"], ["e"], ["u"], ["r"]),
  heartbeat_interval_s: five(1, 2, 3, 4, 6),
  agent_flush_interval_s: five(1, 2, 3, 4, 6),
  poll_interval_s: five(1, 2, 3, 4, 6),
  data_header: five("p", "g", "e", "u", "r"),
  cpu_budget_percent: five(1, 2, 3, 4, 5),
  memory_mib: five(11, 12, 13, 14, 15),
  plugin_type: four("g", "e", "u", "r"),
  cwd: four("/g", "/e", "/u", "/r"),
  text: five("p", "g", "e", "u", "r"),
  digits: five("1", "2", "3", "4", "5"),
  number: five(1, 2.5, 3, 4, 5),
  list: five(["p"], ["g"], ["e"], ["u"], ["r"]),
  numbers: five([1], [2], [3], [4], [5]),
  "table.digits": five("01", "02", "03", "04", "05"),
  "table.inner": five(1, 2, 3, 4, 5),
  "table.deeper.inner": five("p", "g", "e", "u", "r"),
  token: five({ env: "P" }, { file: "/g" }, { env: "E" }, { file: "/u" }, { env: "R" }),
  "table.token": five("plain", { env: "G" }, "e", { env: "U" }, { file: "/r" }),
};

/** Those of two values: what is below the highest has the other one. */
const switches: Readonly<Record<string, readonly [unknown, unknown]>> = {
  resets_cooldown: [true, false],
  infrequent: [true, false],
  enabled: [false, true],
  sandbox: ["require", "prefer"],
  runtime: ["node", "shell"],
  switched: [true, false],
};

/** What looks like a number is text where the plugin says so. */
const schema = { properties: { digits: { type: "string" }, table: { properties: { digits: { type: "string" } } } } };

function nested(key: string, value: unknown): Record<string, unknown> {
  const [first = "", ...rest] = key.split(".");
  return { [first]: rest.length === 0 ? value : nested(rest.join("."), value) };
}

const tomlText = (value: unknown): string => {
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
  return `{ ${Object.entries(Object(value))
    .map(([name, each]) => `${name} = ${JSON.stringify(each)}`)
    .join(", ")} }`;
};

function explained(key: string, values: Values) {
  const written = (value: unknown) => stringify({ plugins: { probe: nested(key, value) } });
  const has = (source: Source) => Object.hasOwn(values, source);
  const { root, load } = scratch({
    ...(has("global") && { "etc/mimolo.toml": written(values.global) }),
    ...(has("user") && { "user/mimolo.toml": written(values.user) }),
    "project/mimolo.toml": '[plugins.probe]\nplugin = "acme.probe"\n',
  });
  const variable = `MIMOLO_PLUGINS__PROBE__${key.toUpperCase().replaceAll(".", "__")}`;
  const known: KnownPlugin[] = [
    { plugin_id: "acme.probe", defaults: has("plugin") ? nested(key, values.plugin) : {}, config_schema: schema },
  ];
  const env = has("environment") ? { [variable]: tomlText(values.environment) } : {};
  const overrides: RuntimeOverrides = has("runtime") ? { plugins: { "acme.probe": nested(key, values.runtime) } } : {};
  const config = withOverrides(load({ env, builtins: known, consent: true }), overrides, known);
  const from = {
    plugin: "plugin defaults",
    global: join(root, "etc", "mimolo.toml"),
    environment: `environment ${variable}`,
    user: join(root, "user", "mimolo.toml"),
    runtime: "state/overrides.json",
  };
  const rows = explainPlugin(config, "acme.probe", known).values.filter((row) => row.key === key);
  return { rows, from, agent: config.plugins["probe"] };
}

function combinations(of: readonly Source[]): Source[][] {
  return Array.from({ length: 2 ** of.length - 1 }, (_, bits) =>
    of.filter((_source, index) => ((bits + 1) >> index) & 1),
  );
}

test.each(Object.entries(keys))("%s names the highest of its sources, in every combination of them", (key, values) => {
  const may = sources.filter((source) => Object.hasOwn(values, source));
  const all = combinations(may);
  expect(all).toHaveLength(may.length === 5 ? 31 : 15);
  for (const set of all) {
    const highest = set.at(-1) ?? "plugin";
    const { rows, from, agent } = explained(key, Object.fromEntries(set.map((source) => [source, values[source]])));
    const lined = highest === "global" || highest === "user";
    expect(rows, set.join("+")).toEqual([
      {
        key,
        value: values[highest],
        source: highest,
        from: from[highest],
        ...(lined && { line: expect.any(Number) as number }),
      },
    ]);
    if (Object.hasOwn(AgentSection.shape, key))
      expect(agent).toMatchObject(highest === "plugin" && key === "poll_interval_s" ? {} : { [key]: values[highest] });
  }
});

test.each(Object.entries(switches))("%s, which has few values, too", (key, [below, above]) => {
  const may = sources.filter(
    (source) => source !== "plugin" || key === "switched" || paceKeys.some((pace) => pace === key),
  );
  for (const set of combinations(may)) {
    const highest = set.at(-1) ?? "plugin";
    const values = Object.fromEntries(set.map((source) => [source, source === highest ? above : below]));
    const { rows, from } = explained(key, values);
    expect(rows, set.join("+")).toMatchObject([{ key, value: above, source: highest, from: from[highest] }]);
  }
});

test("all keys of an agent are among them, but for those that say what runs", () => {
  const tried = new Set([...Object.keys(keys), ...Object.keys(switches)]);
  const left = Object.keys(AgentSection.shape).filter((key) => !tried.has(key));
  expect(left).toEqual(["plugin", "executable", "as", "env", "launch_in_separate_terminal"]);
});
