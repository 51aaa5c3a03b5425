import { homedir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { stringify } from "smol-toml";
import { expect, test } from "vitest";
import { type ConfigLayer, type Tree } from "../../src/config/layer.ts";
import { mergeLayers } from "../../src/config/merge.ts";
import { valuesLayer } from "../../src/config/runtime-layer.ts";
import { loadToml, scratch } from "./scratch.ts";

test("defaults, machine, environment, user, project, overrides, flags: the later wins, and each value knows its source", () => {
  const { root, project, load } = scratch({
    "etc/mimolo.toml":
      '[monitor]\ncooldown_seconds = 1\nday_start = "01:00"\nminimum_segment_s = 1\nslowpoke_queue = 11\n',
    "user/mimolo.toml": '[monitor]\nday_start = "03:00"\nminimum_segment_s = 3\nplugin_memory_mib = 13\n',
    "project/mimolo.toml":
      '[monitor]\nminimum_segment_s = 4\n[plugins.load]\nplugin = "mimolo.system-load"\nmemory_mib = 20\n',
  });
  const config = load({
    env: {
      MIMOLO_MONITOR__COOLDOWN_SECONDS: "2",
      MIMOLO_MONITOR__DAY_START: "02:00",
      MIMOLO_PLUGINS__LOAD__MEMORY_MIB: "9",
    },
    overrides: {
      plugins: { "mimolo.system-load": { agent_flush_interval_s: 5, memory_mib: 30 } },
      agents: { load: { agent_flush_interval_s: 6 } },
    },
    flags: { monitor: { log_format: "md" } },
  });
  const from = (key: string) => {
    const origin = config.origins.get(key);
    return origin === undefined ? undefined : [origin.source, origin.from, origin.line];
  };
  expect(config.monitor).toMatchObject({
    cooldown_seconds: 2,
    day_start: "03:00",
    minimum_segment_s: 4,
    slowpoke_queue: 11,
    plugin_memory_mib: 13,
    log_format: "md",
    max_line_bytes: 65_536,
  });
  expect(from("monitor.slowpoke_queue")).toEqual(["global", join(root, "etc", "mimolo.toml"), 5]);
  expect(from("monitor.cooldown_seconds")).toEqual([
    "environment",
    "environment MIMOLO_MONITOR__COOLDOWN_SECONDS",
    undefined,
  ]);
  expect(from("monitor.day_start")).toEqual(["user", join(root, "user", "mimolo.toml"), 2]);
  expect(from("monitor.minimum_segment_s")).toEqual(["user", join(project, "mimolo.toml"), 2]);
  expect(from("monitor.log_format")).toEqual(["runtime", "command line", undefined]);
  expect(from("monitor.max_line_bytes")).toBeUndefined();
  expect(config.plugins["load"]).toMatchObject({ agent_flush_interval_s: 6, memory_mib: 30 });
  expect(from("plugins.load.agent_flush_interval_s")).toEqual(["runtime", "state/overrides.json", undefined]);
  expect(config.files).toEqual([
    join(root, "etc", "mimolo.toml"),
    join(root, "user", "mimolo.toml"),
    join(project, "mimolo.toml"),
  ]);
});

const layerTree = fc.dictionary(
  fc.constantFrom("monitor", "trust"),
  fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.oneof(fc.integer(), fc.constant([1]), fc.dictionary(fc.constantFrom("x", "y"), fc.integer())),
  ),
);

/** The value at a dotted key, `undefined` when there is none or it is a table. */
function leafAt(tree: Tree, key: string): unknown {
  const value = key.split(".").reduce<unknown>((inner, word) => (inner as Tree | undefined)?.[word], tree);
  return typeof value === "object" && !Array.isArray(value) ? undefined : value;
}

test("the last layer that sets a value wins it, and is named as its origin", () => {
  fc.assert(
    fc.property(fc.array(layerTree, { minLength: 1, maxLength: 4 }), (trees) => {
      const layers: ConfigLayer[] = trees.map((tree, index) => valuesLayer(tree, `layer ${index}`, "/").layer);
      const { tree, origins } = mergeLayers(layers);
      for (const [key, origin] of origins) {
        expect(leafAt(tree, key)).toBeDefined();
        const index = Number(origin.from.slice("layer ".length));
        expect(leafAt(trees[index] ?? {}, key)).toEqual(leafAt(tree, key));
        for (const later of trees.slice(index + 1)) expect(leafAt(later, key)).toBeUndefined();
      }
      const last = trees.at(-1) ?? {};
      for (const [section, table] of Object.entries(last)) {
        for (const [name, value] of Object.entries(table)) {
          if (typeof value !== "object")
            expect(origins.get(`${section}.${name}`)?.from).toBe(`layer ${trees.length - 1}`);
        }
      }
      expect(mergeLayers([...layers, ...layers]).tree).toEqual(tree);
    }),
    { numRuns: 300 },
  );
});

test("splitting a file into a machine's and a user's part changes nothing", () => {
  const numbers = fc.record(
    {
      cooldown_seconds: fc.integer({ min: 1, max: 999 }),
      slowpoke_queue: fc.integer({ min: 1, max: 999 }),
      port: fc.nat(65_535),
    },
    { requiredKeys: [] },
  );
  const { write, load } = scratch();
  fc.assert(
    fc.property(numbers, fc.boolean(), ({ port, ...monitor }, portBelow) => {
      const control = port === undefined ? {} : { port };
      write("etc/mimolo.toml", stringify({ monitor, control: portBelow ? control : {} }));
      write("user/mimolo.toml", stringify({ control: portBelow ? {} : control }));
      const split = load();
      write("etc/mimolo.toml", "");
      write("user/mimolo.toml", stringify({ monitor, control }));
      const whole = load();
      expect({ ...split.monitor, ...split.control }).toEqual({ ...whole.monitor, ...whole.control });
    }),
    { numRuns: 30 },
  );
});

test("a label spelt otherwise in a higher file is the same agent, under the higher spelling", () => {
  const config = scratch({
    "user/mimolo.toml": '[plugins.Load]\nplugin = "mimolo.system-load"\nsamples = 3\n',
    "project/mimolo.toml": "[plugins.load]\nsamples = 5\n",
  }).load();
  expect(Object.keys(config.plugins)).toEqual(["load"]);
  expect(config.plugins["load"]).toMatchObject({ plugin: "mimolo.system-load", settings: { samples: 5 } });
});

test("a file that names an executable takes back the plugin of a lower file, and the other way round", () => {
  const plugin = '[plugins.load]\nplugin = "mimolo.system-load"\n';
  const executable = '[plugins.load]\nexecutable = "./load"\nargs = ["-v"]\n';
  const above = scratch({ "user/mimolo.toml": plugin, "project/mimolo.toml": executable }).load({ consent: true });
  expect(above.plugins["load"]).toMatchObject({ executable: "./load", args: ["-v"] });
  expect(above.plugins["load"]?.plugin).toBeUndefined();
  const below = scratch({ "user/mimolo.toml": executable, "project/mimolo.toml": plugin }).load({ consent: true });
  expect(below.plugins["load"]).toMatchObject({ plugin: "mimolo.system-load", args: [] });
  expect(below.plugins["load"]?.executable).toBeUndefined();
});

test("privacy rules only grow, rules of the same name are replaced", () => {
  const config = scratch({
    "user/mimolo.toml":
      '[[privacy]]\nfield = "a"\nglob = "*"\n[[rules]]\nname = "r"\nwhen.source = "summary"\ndo.plugin = "one"\n',
    "project/mimolo.toml":
      '[[privacy]]\nfield = "b"\nglob = "*"\n[[rules]]\nname = "r"\nwhen.source = "event"\ndo.plugin = "two"\n',
  }).load();
  expect(config.privacy.map(({ name, field }) => [name, field])).toEqual([
    ["privacy-1", "a"],
    ["privacy-2", "b"],
  ]);
  expect(config.rules.map(({ name, do: action }) => [name, action.plugin])).toEqual([["r", "two"]]);
});

test("paths are relative to the file that says them", () => {
  const { root, load } = scratch({
    "project/deep/own.toml":
      '[monitor]\nlog_dir = "logs"\ncache_dir = "~/cache"\n[registry]\npaths = ["p"]\n[plugins.mine]\nexecutable = "./mine"\ncwd = "work"\n',
  });
  const config = load({ configFile: "deep/own.toml" });
  const folder = join(root, "project", "deep");
  expect(config.monitor.log_dir).toBe(join(folder, "logs"));
  expect(config.monitor.cache_dir).toBe(join(homedir(), "cache"));
  expect(config.registry.paths).toEqual([join(folder, "p")]);
  expect(config.plugins["mine"]).toMatchObject({
    executable: "./mine",
    cwd: join(folder, "work"),
    from: { file: join(folder, "own.toml"), folder, line: 6 },
  });
});

test("all problems of all files are collected, the machine's first and in the order of their lines", () => {
  const error = scratch({
    "etc/mimolo.toml": "[control]\nport = true\n",
    "project/mimolo.toml": "[monitor]\nslowpoke_queue = 0\ncooldown_secs = 1\n[plugins.a]\nenabled = 3\n[oops]\n",
  }).refused();
  expect(error.problems.map(({ key, line }) => [key, line])).toEqual([
    ["control.port", 2],
    ["monitor.slowpoke_queue", 2],
    ["monitor.cooldown_secs", 3],
    ["plugins.a.enabled", 5],
    ["oops", 6],
  ]);
});

test("a named file that is not there is an error, a missing found one is not", () => {
  const { refused, load } = scratch();
  expect(refused({ configFile: "none.toml" })).toMatchObject({ code: "not-found", message: "none.toml: no such file" });
  expect(load().files).toEqual([]);
});

test("of a TOML and a YAML file side by side the first counts, and the other is told", () => {
  const config = scratch({
    "project/mimolo.toml": "[monitor]\ncooldown_seconds = 1\n",
    "project/mimolo.yaml": "monitor: { cooldown_seconds: 2 }\n",
  }).load();
  expect(config.monitor.cooldown_seconds).toBe(1);
  expect(config.notices.map(({ message }) => message)).toEqual([
    "mimolo.yaml: not read, since mimolo.toml lies beside it",
  ]);
});

test("a built-in agent's label says what it runs; an agent nobody knows does not", () => {
  const builtins = [{ plugin_id: "mimolo.system-load", default_label: "system-load", defaults: { sample_s: 5 } }];
  const config = loadToml("[plugins.system-load]\nsample_s = 2\n", { builtins });
  expect(config.plugins["system-load"]).toMatchObject({ plugin: "mimolo.system-load", settings: { sample_s: 2 } });
  const error = scratch({ "project/mimolo.toml": "[plugins.system-laod]\n" }).refused({ builtins });
  expect([error.code, error.nearest, error.hint]).toEqual([
    "missing-key",
    "system-load",
    "the built-in agent is called [plugins.system-load]",
  ]);
});

test("settings are free, but not where they can only be a slip", () => {
  const builtins = [{ plugin_id: "acme.x", defaults: { argz: 0, watch_dirs: ["."] } }];
  const own = 'argz = 1\nwatch_dirs = "src"\nanything = { at = "all" }\n';
  const { plugins } = loadToml(`[plugins.x]\nplugin = "acme.x"\n${own}`, { builtins });
  expect(plugins["x"]?.settings).toEqual({ argz: 1, watch_dirs: "src", anything: { at: "all" } });
  const refusal = (line: string) => {
    const toml = `[plugins.x]\nplugin = "acme.x"\n${line}\n`;
    return scratch({ "project/mimolo.toml": toml }).refused({ builtins });
  };
  expect(refusal("hartbeat_interval_s = 3")).toMatchObject({
    code: "unknown-key",
    line: 3,
    nearest: "heartbeat_interval_s",
    message: 'mimolo.toml:3:1: unknown key "hartbeat_interval_s" in [plugins.x], did you mean "heartbeat_interval_s"?',
  });
  expect(refusal('watch_dir = ["src"]')).toMatchObject({ code: "unknown-key", nearest: "watch_dirs" });
  expect(refusal("watch_dirs = 5")).toMatchObject({
    code: "wrong-type",
    message: 'mimolo.toml:3:1: "watch_dirs" in [plugins.x] must be a list; found the number 5',
    hint: 'leave it out for the default, ["."]',
  });
});

test("a heartbeat slower than the collector's patience is told", () => {
  const [notice] = loadToml('[plugins.x]\nplugin = "acme.x"\nheartbeat_interval_s = 60\n').notices;
  expect(notice?.message).toContain("restarted after 30 s of silence");
});
