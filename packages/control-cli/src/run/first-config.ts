import { resolve } from "node:path";
import { type FirstConfig, type StarterAgent, starterConfig } from "@mimolo/operations";
import type { BuiltinPlugin } from "@mimolo/protocol";

/** How often built-in agents hand over what they saw when nothing is configured: soon enough for a newcomer to see it. */
export const NEWCOMER_FLUSH_S = 10;

/** The `mimolo.toml` that the first edit of a run without configuration begins with: the agents that ran so far go on as they are. */
export function firstConfig(builtins: readonly BuiltinPlugin[], cwd: string): FirstConfig {
  const named = builtins.filter(({ runs_commands: runsCommands }) => runsCommands !== true);
  const others = named.filter(({ by_default: byDefault }) => byDefault !== true).map(starterOf);
  const paced = usual(builtins)
    .map(starterOf)
    .map((agent) => ({ ...agent, values: { agent_flush_interval_s: NEWCOMER_FLUSH_S } }));
  return { file: resolve(cwd, "mimolo.toml"), text: starterConfig(paced, others) };
}

/** The labels of the agents that it begins with. */
export function firstLabels(builtins: readonly BuiltinPlugin[]): string[] {
  return usual(builtins).map((builtin) => starterOf(builtin).label);
}

function usual(builtins: readonly BuiltinPlugin[]): readonly BuiltinPlugin[] {
  return builtins.filter(
    ({ by_default: byDefault, runs_commands: runsCommands }) => byDefault === true && runsCommands !== true,
  );
}

/** How a built-in plugin stands in such a file. */
export function starterOf({ default_label: label, plugin_id: plugin, description }: BuiltinPlugin): StarterAgent {
  return { label, plugin, description };
}
