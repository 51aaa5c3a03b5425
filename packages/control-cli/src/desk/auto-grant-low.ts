import { agents as builtins } from "@mimolo/agents";
import { ConfigError } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { runSettings } from "../run/settings.ts";

/** Whether what is of low risk is granted by itself, as a run here would have it; not where its configuration cannot be read
 *  or is not agreed to. */
export function autoGrantLow({ options, surroundings }: Pick<Call, "options" | "surroundings">): boolean {
  try {
    return runSettings({ options, surroundings }, builtins).config.trust.auto_grant_low;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}
