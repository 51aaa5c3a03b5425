import { agents as builtins } from "@mimolo/agents";
import { ConfigError } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { runSettings } from "../run/settings.ts";

type Asked = Pick<Call, "options" | "surroundings">;

/** Whether what is of low risk is granted by itself, as a run here would have it. A file of this folder that nobody agreed to
 *  has no say; where the configuration cannot be read, nothing is granted by itself. */
export function autoGrantLow(call: Asked): boolean {
  const found = settingFrom(call, call.surroundings.cwd);
  return (found === "needs-consent" ? settingFrom(call, dataDirOf(call)) : found) === true;
}

function settingFrom({ options, surroundings }: Asked, cwd: string): boolean | ConfigError["code"] {
  try {
    return runSettings({ options, surroundings: { ...surroundings, cwd } }, builtins).config.trust.auto_grant_low;
  } catch (error) {
    if (error instanceof ConfigError) return error.code;
    throw error;
  }
}
