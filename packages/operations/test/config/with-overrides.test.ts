import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import {
  type KnownPlugin,
  type LoadedConfig,
  type RuntimeOverrides,
  withOverrides,
  withPlugins,
} from "../../src/config/index.ts";
import { loadToml } from "./scratch.ts";

const known: KnownPlugin[] = [
  { plugin_id: "mimolo.load", default_label: "load" },
  {
    plugin_id: "acme.mail",
    defaults: { count: 1, agent_flush_interval_s: 7, memory_mib: -1, executable: "evil", sandbox: "off" },
    config_schema: { properties: { count: { type: "integer" } } },
  },
];
let config: LoadedConfig;
beforeEach(() => {
  config = loadToml('[plugins.load]\n[plugins.Mail]\nplugin = "acme.mail"\nmemory_mib = 20\n', { builtins: known });
});
const lay = (overrides: RuntimeOverrides) => withOverrides(config, overrides, known);
const messages = (overrides: RuntimeOverrides) => lay(overrides).notices.map(({ message }) => message);

test("those of the label lie over those of the plugin, those over the files; agents they do not concern stay the same", () => {
  const { plugins, overrides } = lay({
    plugins: { "acme.mail": { memory_mib: 30, count: 2 }, "mimolo.other": { x: 1 } },
    agents: { MAIL: { count: 3 } },
  });
  expect(plugins["Mail"]).toMatchObject({ memory_mib: 30, settings: { count: 3 } });
  expect(plugins["load"]).toBe(config.plugins["load"]);
  expect(overrides?.plugins).toHaveProperty(["mimolo.other"]);
  expect(config.plugins["Mail"]).toMatchObject({ memory_mib: 20, settings: {} });
});

test("a plugin may wish for a pace, and for nothing else of MiMoLo's", () => {
  const { plugins, notices } = withOverrides(loadToml('[plugins.mail]\nplugin = "acme.mail"\n'), {}, known);
  expect(plugins["mail"]).toMatchObject({ agent_flush_interval_s: 7 });
  expect(plugins["mail"]).not.toHaveProperty("executable");
  expect([plugins["mail"]?.sandbox, plugins["mail"]?.memory_mib]).toEqual([undefined, undefined]);
  expect(notices.map(({ message }) => message)).toEqual([
    "acme.mail: its default of memory_mib is not possible and left out",
  ]);
  const written = loadToml('[plugins.mail]\nplugin = "acme.mail"\nagent_flush_interval_s = 60\n');
  expect(withOverrides(written, {}, known).plugins["mail"]?.agent_flush_interval_s).toBe(60);
  const code = withPlugins(undefined, { mail: { plugin: "acme.mail", agent_flush_interval_s: 60 } });
  expect(withOverrides(code, {}, known).plugins["mail"]?.agent_flush_interval_s).toBe(60);
});

test("a schema that cannot be used is told of agents that no file names, too", () => {
  const broken = [{ plugin_id: "acme.mail", schema_fault: 'config_schema "x.json" is no JSON' }];
  const told = (from: LoadedConfig, overrides: RuntimeOverrides = {}) => {
    const laid = withOverrides(from, overrides, broken);
    return withOverrides(laid, overrides, broken).notices.map(({ message }) => message);
  };
  const sentence = 'acme.mail: config_schema "x.json" is no JSON; that is for its author to mend, and stops nothing';
  expect(told(loadToml(""), { agents: { inbox: { plugin: "acme.mail" } } })).toEqual([sentence]);
  expect(told(withPlugins(undefined, { mail: { plugin: "acme.mail" } }))).toEqual([sentence]);
  expect(told(loadToml('[plugins.mail]\nplugin = "acme.mail"\n', { builtins: broken }))).toEqual([sentence]);
});

test("a label that only they know is an agent if they say what it runs", () => {
  const { plugins, origins } = lay({ agents: { inbox: { plugin: "acme.mail", count: 2 }, nobody: { x: 1 } } });
  expect(Object.keys(plugins)).toEqual(["load", "Mail", "inbox"]);
  expect(plugins["inbox"]).toMatchObject({ plugin: "acme.mail", enabled: true, settings: { count: 2 } });
  expect(origins.get("plugins.inbox.plugin")).toEqual({ source: "runtime", from: "state/overrides.json" });
  expect(messages({ agents: { nobody: { x: 1 } } })).toEqual([
    "state/overrides.json: agents.nobody is left out: no agent has this label any more; give one that label, or take it out of the file",
  ]);
});

test("what no longer fits is left out one by one and told; a collector starts without it", () => {
  const overrides = {
    plugins: { "acme.mail": { count: "many", memory_mib: 0, agent_flush_interval_s: 9 } },
    agents: { Load: { enabled: "no" }, ma_il: { plugin: "acme.mail" }, "ma-il": { plugin: "acme.mail" } },
  };
  const { plugins } = lay(overrides);
  expect(plugins["Mail"]).toMatchObject({ memory_mib: 20, agent_flush_interval_s: 9, settings: {} });
  expect(plugins["load"]?.enabled).toBe(true);
  expect(messages(overrides)).toEqual([
    'state/overrides.json: agents.Load.enabled is left out: "enabled" in [plugins.load] must be true or false; found the text "no"',
    'state/overrides.json: agents.ma-il is left out: it cannot be told apart from "ma_il" in the environment',
    'state/overrides.json: plugins."acme.mail".memory_mib is left out: "memory_mib" in [plugins.agent] must be a number from 8 to 1048576; found the number 0',
    'state/overrides.json: a change is left out: "count" in [plugins.Mail] must be a whole number; found the text "many"',
    "acme.mail: its default of memory_mib is not possible and left out",
    'state/overrides.json: a change is left out: "count" in [plugins.ma_il] must be a whole number; found the text "many"',
  ]);
});

test("what nothing is laid over is not copied: neither an agent nor who set its values", () => {
  const written = withPlugins(undefined, { mine: { executable: "/bin/true" } });

  const laid = withOverrides(written, {}, known);

  expect(laid.origins).toBe(written.origins);
  expect(laid.plugins["mine"]).toBe(written.plugins["mine"]);
});

test("laying them twice is laying them once, whatever they are", () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(1, "x", true, { env: "A" }, { deep: { er: 1 } }));
  const key = fc.constantFrom("count", "memory_mib", "enabled", "free", "deep", "plugin", "executable", "__proto__");
  const tables = (names: string[]) =>
    fc.dictionary(fc.constantFrom(...names), fc.dictionary(key, value, { maxKeys: 3 }));
  const any = fc.record({
    plugins: tables(["acme.mail", "mimolo.load"]),
    agents: tables(["load", "mail", "new", "9"]),
  });
  fc.assert(
    fc.property(any, (overrides) => {
      const once = withOverrides(config, overrides, known);
      const twice = withOverrides(once, overrides, known);
      expect(isDeepStrictEqual({ ...twice.plugins }, { ...once.plugins })).toBe(true);
      expect(twice.notices).toEqual(once.notices);
    }),
    { numRuns: 40 },
  );
});

test("the environment counts for agents that only the overrides know, below them", () => {
  const env = { MIMOLO_PLUGINS__INBOX__COUNT: "5", MIMOLO_PLUGINS__INBOX__FREE: "e", MIMOLO_PLUGINS__NOBODY__X: "1" };
  const loaded = loadToml("[plugins.load]\n", { builtins: known, env });
  expect(loaded.notices).toHaveLength(3);
  const overrides = { agents: { inbox: { plugin: "acme.mail", free: "r" } } };
  const laid = withOverrides(loaded, overrides, known);
  expect(laid.plugins["inbox"]?.settings).toEqual({ count: 5, free: "r" });
  expect(laid.origins.get("plugins.inbox.count")?.from).toBe("environment MIMOLO_PLUGINS__INBOX__COUNT");
  expect(laid.notices.map(({ key }) => key)).toContain("MIMOLO_PLUGINS__NOBODY__X");
  expect(laid.notices.map(({ key }) => key)).not.toContain("MIMOLO_PLUGINS__INBOX__COUNT");
  expect(withOverrides(laid, overrides, known).plugins["inbox"]).toEqual(laid.plugins["inbox"]);
});
