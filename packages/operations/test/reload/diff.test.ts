import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultConfig, type LoadedConfig, withPlugins } from "../../src/config/index.ts";
import { diffConfig, diffText, isEmptyDiff } from "../../src/reload/diff.ts";

const key = fc.constantFrom("unit", "agent_flush_interval_s", "memory_mib", "poll_interval_s");
const agent = fc.record({
  executable: fc.constantFrom("node", "sh"),
  args: fc.array(fc.constantFrom("-v", "x"), { maxLength: 2 }),
  enabled: fc.boolean(),
});
const settings = fc.dictionary(key, fc.integer({ min: 8, max: 60 }), { maxKeys: 3 });
const configured = fc.tuple(agent, settings).map(([own, more]) => ({ ...own, ...more }));
const config = fc
  .tuple(
    fc.dictionary(fc.constantFrom("a", "b", "c", "d"), configured, { noNullPrototype: true }),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([plugins, cooldown, startup]): LoadedConfig => {
    const base = defaultConfig();
    const monitor = { ...base.monitor, cooldown_seconds: cooldown, startup_timeout_s: startup };
    return withPlugins({ ...base, monitor }, plugins, "/work");
  });

const enabled = ({ plugins }: LoadedConfig) => Object.keys(plugins).filter((label) => plugins[label]?.enabled);

test("nothing differs from itself, however it was written", () => {
  fc.assert(
    fc.property(config, (one) => {
      const diff = diffConfig(one, structuredClone(one));
      expect(isEmptyDiff(diff)).toBe(true);
      expect(diff.unchanged).toEqual(enabled(one));
      expect(diffText(diff)).toBe("nothing changed");
    }),
    { numRuns: 100 },
  );
});

test("every agent is in exactly one of the lists, and the way back is the mirror image", () => {
  fc.assert(
    fc.property(config, config, (one, other) => {
      const [there, back] = [diffConfig(one, other), diffConfig(other, one)];
      const changed = there.changed.map(({ label }) => label);
      expect([...there.added, ...changed, ...there.unchanged].toSorted()).toEqual(enabled(other).toSorted());
      expect([...there.removed, ...changed, ...there.unchanged].toSorted()).toEqual(enabled(one).toSorted());
      expect(back.added.toSorted()).toEqual(there.removed.toSorted());
      expect(back.changed.map(({ label }) => label).toSorted()).toEqual(changed.toSorted());
      expect([back.live, back.atNextStart]).toEqual([there.live, there.atNextStart]);
    }),
    { numRuns: 200 },
  );
});

test("which keys take a new process, which are live and which wait for the next start", () => {
  const base = defaultConfig();
  const of = (agentKeys: object, monitor: object = {}) =>
    withPlugins(
      { ...base, monitor: { ...base.monitor, ...monitor } },
      { a: { executable: "node", ...agentKeys } },
      "/w",
    );
  const diff = diffConfig(
    of({}),
    of({ memory_mib: 9, agent_flush_interval_s: 2 }, { day_start: "04:00", log_format: "md" }),
  );
  expect(diff.changed).toEqual([{ label: "a", keys: ["agent_flush_interval_s", "memory_mib"], restarts: false }]);
  expect(diff).toMatchObject({ live: ["monitor.day_start"], atNextStart: ["monitor.log_format"] });
  expect(diffConfig(of({}), of({ env: { A: "1" } })).changed).toEqual([{ label: "a", keys: ["env"], restarts: true }]);
  expect(diffText(diff)).toBe(
    "changed a (agent_flush_interval_s, memory_mib), monitor.day_start; takes effect at the next start: monitor.log_format",
  );
});

test("where plugins are looked for and what is granted by itself counts from now on", () => {
  const base = defaultConfig();
  const other = { ...base, registry: { paths: ["/p"], sources: ["/s"] }, trust: { auto_grant_low: false } };
  expect(diffConfig(base, other)).toMatchObject({
    live: ["trust.auto_grant_low", "registry.paths", "registry.sources"],
    atNextStart: [],
  });
});
