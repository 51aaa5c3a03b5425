import { agents as builtins } from "@mimolo/agents";
import type { IdleOptions } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { runSettings } from "../run/settings.ts";

/** What a run here would be made with; what lacks consent is left for that run to say. */
export function asNextRun(call: Pick<Call, "options" | "surroundings">): IdleOptions {
  const { cwd, env } = call.surroundings;
  return { ...runSettings(call, builtins, { look: true }), dataDir: dataDirOf(call), builtins, cwd, env: { ...env } };
}
