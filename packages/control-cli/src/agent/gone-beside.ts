import { CollectorError, type LoadedConfig } from "@mimolo/operations";
import type { AgentChange } from "./edit.ts";
import type { AgentEdit } from "./tell-edit.ts";

export type BlockedAgent = AgentEdit["blocked"][number];

/** Agents that a change does not touch and whose program or plugin is gone, and the configuration without them. `check` rejects
 *  with `CollectorError` where something is gone. */
export async function goneBeside(
  config: LoadedConfig,
  change: AgentChange,
  check: (config: LoadedConfig) => Promise<unknown>,
): Promise<{ readonly blocked: readonly BlockedAgent[]; readonly others: LoadedConfig }> {
  const touched = (change.do === "duplicate" ? change.as : change.label).toLowerCase();
  const blocked: BlockedAgent[] = [];
  const others: [string, LoadedConfig["plugins"][string]][] = [];
  for (const each of Object.entries(config.plugins)) {
    const [label] = each;
    const reason =
      label.toLowerCase() === touched ? null : await faultOf({ ...config, plugins: { [label]: each[1] } }, check);
    if (reason === null) others.push(each);
    else blocked.push({ label, reason });
  }
  return { blocked, others: { ...config, plugins: Object.fromEntries(others) } };
}

async function faultOf(
  config: LoadedConfig,
  check: (config: LoadedConfig) => Promise<unknown>,
): Promise<string | null> {
  try {
    await check(config);
    return null;
  } catch (error) {
    if (!(error instanceof CollectorError)) throw error;
    return `${error.message}; ${error.hint}. Until then \`mimolo run\` starts nothing`;
  }
}
