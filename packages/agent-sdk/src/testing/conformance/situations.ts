import { PLUGIN_FOLDER } from "./look-at-plugin.ts";
import type { Rule } from "./rule.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

export type Situation = Pick<Scenario, "name" | "title">;

/** What a rule is judged on: scenarios, and the folder of a plugin; none: every line of every scenario. */
export function situationsOf({ needs = [] }: Rule): readonly Situation[] {
  const all: readonly Situation[] = [...scenarios, { name: PLUGIN_FOLDER, title: "the folder with plugin.toml" }];
  return all.filter(({ name }) => needs.includes(name)).map(({ name, title }) => ({ name, title }));
}
