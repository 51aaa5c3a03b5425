import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { TrustGround } from "../../../src/agents/plan/ground.ts";
import { judge } from "../../../src/agents/plan/judge.ts";
import { planAgents } from "../../../src/agents/plan/plan-agents.ts";
import { type AgentConfig, withPlugins } from "../../../src/config/index.ts";
import { discoverPlugins } from "../../../src/plugins/discover.ts";
import { registerReport } from "../../../src/register.ts";

const ground: TrustGround = {
  trust: { version: 1, keys: [], allow: [], highWater: {} } as unknown as TrustGround["trust"],
  vouchers: { words: new Set(), held: new Map() },
  dev: true,
  sandbox: { bubblewrap: null, why: "not here" },
  place: {},
  nowMs: 0,
};

/** Plugins in a dev folder: what each needs, and its version if it is not 1.4.0. */
function dev(plugins: Readonly<Record<string, readonly [needs: Record<string, string>, version?: string]>>) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-needs-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [id, [needs, version = "1.4.0"]] of Object.entries(plugins)) {
    const folder = join(root, "dev", id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "main.mjs"), "");
    const lines = Object.entries(needs).map(([need, range]) => `"${need}" = "${range}"`);
    const head = `id = "${id}"\nname = "${id}"\nversion = "${version}"\ntype = "agent"\nentry = "main.mjs"`;
    writeFileSync(join(folder, "plugin.toml"), `[plugin]\n${head}\n[plugin.dependencies]\n${lines.join("\n")}\n`);
  }
  const { found } = discoverPlugins({ directory: { devPlugins: join(root, "dev") } });
  return (agents: Readonly<Record<string, Partial<AgentConfig>>>, now = ground, unplanned?: () => void) => {
    const options = {
      builtins: [],
      installed: [{ pluginId: "acme.damaged", version: "1.0.0", folder: join(root, "gone") }],
      found: () => found,
      plugins: withPlugins(undefined, agents).plugins,
      ground: now,
      cwd: root,
      env: {},
    };
    return planAgents(options, unplanned);
  };
}

test("what needs another version is blocked with the whole path and what helps, and nothing else is", () => {
  const plan = dev({
    "acme.top": [{ "acme.mid": "^1" }],
    "acme.mid": [{ "acme.low": "^2" }],
    "acme.low": [{}],
    "acme.other": [{ "acme.low": "^1.2" }],
  });
  const plans = plan({
    top: { plugin: "acme.top" },
    mid: { plugin: "acme.mid" },
    low: { plugin: "acme.low" },
    other: { plugin: "acme.other" },
  });
  expect(plans.map(({ label, blocked }) => [label, blocked])).toEqual([
    [
      "top",
      "acme.top → acme.mid → acme.low: acme.low ^2 is needed, 1.4.0 is here; mimolo plugin install 'acme.low@^2'",
    ],
    ["mid", "acme.mid → acme.low: acme.low ^2 is needed, 1.4.0 is here; mimolo plugin install 'acme.low@^2'"],
    ["low", null],
    ["other", null],
  ]);
  const { problems } = registerReport({ plans, builtins: [] });
  expect(problems.map(({ code }) => code)).toEqual(["dependency", "dependency"]);
});

test("all that is missing is said, and a damaged package is not a missing one", () => {
  const plan = dev({ "acme.top": [{ "acme.gone": "*", "acme.lost": ">=2 <3", "acme.damaged": "*" }] });
  expect(plan({ top: { plugin: "acme.top" } })[0]?.blocked).toBe(
    "acme.top → acme.gone: acme.gone * is needed and is not here; mimolo plugin install acme.gone; and " +
      "acme.top → acme.lost: acme.lost >=2 <3 is needed and is not here; mimolo plugin install 'acme.lost@>=2 <3'; and " +
      "acme.top → acme.damaged: acme.damaged * is needed and cannot run: its package is damaged; mimolo plugin info acme.damaged says more",
  );
});

test("a circle blocks those in it and those that lead into it", () => {
  const plan = dev({ "acme.a": [{ "acme.b": "*" }], "acme.b": [{ "acme.a": "*" }], "acme.into": [{ "acme.a": "*" }] });
  const plans = plan({ a: { plugin: "acme.a" }, b: { plugin: "acme.b" }, into: { plugin: "acme.into" } });
  expect(plans.map(({ blocked }) => blocked?.split(": ")[0])).toEqual([
    "acme.a → acme.b → acme.a",
    "acme.b → acme.a → acme.b",
    "acme.into → acme.a → acme.b → acme.a",
  ]);
  expect(plans[0]?.blocked).toMatch(/they need each other in a circle; .*tell its author$/);
});

test("whoever needs what is switched off, or may not run, waits for that", () => {
  const plan = dev({ "acme.top": [{ "acme.low": "*" }], "acme.low": [{}] });
  const agents = { top: { plugin: "acme.top" }, low: { plugin: "acme.low" } };
  const off = plan({ ...agents, low: { plugin: "acme.low", enabled: false } });
  expect(off.map(({ label, blocked }) => [label, blocked])).toEqual([
    ["top", "acme.top → acme.low: acme.low * is needed and is disabled; mimolo plugin enable acme.low"],
  ]);
  const trusted = plan(agents, { ...ground, dev: false });
  // What may not run itself says that, not what it needs besides.
  expect(trusted[0]?.blocked).toMatch(/^it was found in /);
  expect(trusted[0]?.unmet).toBe(null);
});

test("a plan judged anew is still waiting, until it is planned anew", () => {
  const before = dev({ "acme.top": [{ "acme.low": "^1" }] })({ top: { plugin: "acme.top" } })[0];
  if (before === undefined) throw new Error("nothing was planned");
  const again = judge(before, ground).plan;
  expect(again).toBe(before);
  expect(again.blocked).toMatch(/acme.low \^1 is needed and is not here/);
  const after = dev({ "acme.top": [{ "acme.low": "^1" }], "acme.low": [{}] })({ top: { plugin: "acme.top" } })[0];
  expect(after?.blocked).toBe(null);
});

test("labels that cannot be planned can be left out, and those that need what they run wait", () => {
  const plan = dev({ "acme.top": [{ "acme.low": "*" }] });
  const agents = { top: { plugin: "acme.top" }, gone: { plugin: "acme.low" } };
  expect(() => plan(agents)).toThrow(/plugin "acme.low" of \[plugins.gone\] is not known here/);
  expect(plan(agents, ground, () => undefined).map(({ label, blocked }) => [label, blocked?.split(";")[0]])).toEqual([
    ["top", "acme.top → acme.low: acme.low * is needed and is not here"],
  ]);
});
