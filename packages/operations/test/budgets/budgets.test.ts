import { expect, test } from "vitest";
import { Budgets } from "../../src/budgets/budgets.ts";
import type { Sentence } from "../../src/budgets/sentences.ts";
import { defaultConfig } from "../../src/config/index.ts";

const agents = [{ label: "todo", config: { cpu_budget_percent: 1, memory_mib: undefined } }];

test("a budget above the default is a warning to whoever set it, and none where only the plugin asks for it", () => {
  const said: Sentence[] = [];
  const budgets = new Budgets((_label, sentence) => said.push(sentence));
  const config = defaultConfig();
  budgets.settle(agents, config);
  expect(said).toMatchObject([{ level: "info", message: "cpu budget 1 % of a core: what its plugin asks for" }]);
  const origins = new Map([["plugins.todo.cpu_budget_percent", { source: "user" as const, from: "mimolo.toml" }]]);
  budgets.settle(agents, { ...config, origins });
  expect(said[1]).toMatchObject({ level: "warning" });
  expect(said[1]?.message).toContain("cpu_budget_percent = 1 is above the default");
});
