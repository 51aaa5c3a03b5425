import type { PluginState } from "@mimolo/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AgentPlan } from "../../../src/agents/plan/agent-plan.ts";
import { PluginLives } from "../../../src/plugins/life/plugin-lives.ts";
import { pluginStateOf } from "../../../src/plugins/life/plugin-state.ts";

const STATES: readonly PluginState[] = ["discovered", "loaded", "initialized", "active", "suspended", "unloaded"];

function planOf(pluginId: string): AgentPlan {
  return { pluginId, builtin: { capabilities: ["network"] } } as unknown as AgentPlan;
}

test("a plugin has come as far as the furthest of its agents", () => {
  expect(pluginStateOf([])).toBe("discovered");
  expect(pluginStateOf(["loaded", "active", "suspended"])).toBe("active");
  expect(pluginStateOf(["suspended", "initialized"])).toBe("suspended");
  expect(pluginStateOf(["unloaded", "discovered"])).toBe("unloaded");
  expect(pluginStateOf(["loaded", "unloaded"])).toBe("loaded");
});

test("whatever its agents do, news of a plugin tell exactly when the first works, the last stops and none is loaded", () => {
  const move = fc.record({ agent: fc.nat({ max: 2 }), life: fc.constantFrom(...STATES) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const told: string[] = [];
      const lives = new PluginLives({ emit: (name) => void told.push(name) });
      const plan = planOf("acme.x");
      const agents = Array.from({ length: 3 }, () => ({ plan, life: "discovered" as PluginState }));
      const expected: string[] = [];
      const count = (states: readonly PluginState[]) => agents.filter(({ life }) => states.includes(life)).length;
      for (const { agent: index, life } of moves) {
        const agent = agents[index];
        if (agent === undefined || agent.life === life) continue;
        const before = { active: count(["active"]), loaded: count(["loaded", "initialized", "active", "suspended"]) };
        const previous = agent.life;
        agent.life = life;
        lives.moved(agent, previous, "suspended");
        const after = { active: count(["active"]), loaded: count(["loaded", "initialized", "active", "suspended"]) };
        if (before.active === 0 && after.active > 0) expected.push("plugin:activated");
        if (before.active > 0 && after.active === 0) expected.push("plugin:deactivated");
        if (before.loaded > 0 && after.loaded === 0) expected.push("plugin:unloaded");
      }
      expect(told).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("one whose agents are gone was unloaded; one that never ran is only known", () => {
  const lives = new PluginLives({ emit: () => undefined });
  const agent = { plan: planOf("acme.x"), life: "active" as PluginState };
  lives.moved(agent, "discovered", "spawned");
  expect(lives.states([agent]).get("acme.x")).toBe("active");
  expect(lives.states([]).get("acme.x")).toBe("unloaded");
  expect(lives.states([]).get("acme.y")).toBe(undefined);
  expect(lives.states([{ plan: planOf("acme.y"), life: "discovered" }]).get("acme.y")).toBe("discovered");
});
