import type { SupervisedAgentOptions } from "./agent-options.ts";
import type { Happening } from "./lifecycle-state.ts";
import type { Launch } from "./ports.ts";

/** What the owner wants to be run now. An owner that cannot say so does not want it to be run. */
export function askToLaunch(options: Pick<SupervisedAgentOptions, "command" | "launch">): Launch {
  try {
    if (options.launch !== undefined) return options.launch();
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
  if (options.command !== undefined) return { ok: true, request: options.command };
  return { ok: false, reason: "there is no command to run" };
}

/** What becomes of a spawn that its owner does not make possible. */
export function refusedLaunch({ reason, transient = false }: Extract<Launch, { ok: false }>): Happening {
  if (transient) return { type: "spawn-failed", code: "spawn-failed", message: reason };
  return { type: "block-requested", reason };
}
