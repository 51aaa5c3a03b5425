// From a judgement to what holds: consent to what is asked for, and a sandbox where one is required.
import { Capability } from "@mimolo/protocol";
import { mayRun } from "@mimolo/trust";
import { grantCommand } from "../../allow-command.ts";
import type { Draft, Standing } from "./agent-plan.ts";
import type { TrustGround } from "./ground.ts";
import type { Judged } from "./judged.ts";
import { loadingVariable } from "./loading-variables.ts";
import { sandboxMode } from "./sandbox-mode.ts";

/** Trust says whether it may run at all; then nothing that it asks for may be missing, what must hold it must be there, and so must
 *  the plugins it needs. */
export function standingOf(
  draft: Pick<Draft, "label" | "pluginId" | "config" | "unmet">,
  found: Judged,
  ground: TrustGround,
): Standing {
  const judged = withEnvironment(found, draft, ground);
  const { verdict, requested, granted } = judged;
  const { sandbox: configured } = draft.config;
  // Whether there is a sandbox is asked only where the answer matters.
  const sandbox = sandboxMode(configured, judged.vouching, granted, () => ground.sandbox.bubblewrap !== null);
  const blocked = mayRun(verdict)
    ? (needsConsent(draft.pluginId, judged, ground) ?? needsSandbox(draft.label, sandbox, ground) ?? draft.unmet)
    : whyRefused(judged, ground);
  return { verdict, blocked, requested, granted, sandbox };
}

/** Where nobody can say what was allowed, allowing it once more is no help: the file comes first. */
function whyRefused({ vouching, reason }: Judged, { fault = null }: TrustGround): string {
  return vouching === "builtin" || fault === null ? reason : fault;
}

/** Permissions may be missing: requests that need one are refused when they come. */
function needsConsent(pluginId: string, { requested, granted }: Judged, { place }: TrustGround): string | null {
  const missing = requested.filter((name) => isCapability(name) && !granted.includes(name));
  if (missing.length === 0) return null;
  return `needs consent: ${missing.join(", ")}; grant with: ${grantCommand(pluginId, missing, place)}`;
}

/** What was judged by its bytes is those bytes, and nothing that is loaded before them. */
function withEnvironment(
  judged: Judged,
  { label, config }: Pick<Draft, "label" | "config">,
  { dev }: TrustGround,
): Judged {
  const name = judged.verdict === "trusted" && judged.vouching !== "word" ? loadingVariable(config.env) : null;
  if (name === null) return judged;
  const reason = `its env sets ${name}, by which code that nobody judged runs in it; take it out of [plugins.${label}] and load that code from the program itself`;
  return { ...judged, verdict: dev ? "dev" : "not-allowlisted", reason };
}

function needsSandbox(label: string, sandbox: Standing["sandbox"], ground: TrustGround): string | null {
  if (sandbox !== "require" || ground.sandbox.bubblewrap !== null) return null;
  const prefer = `set sandbox = "prefer" under [plugins.${label}] to run it without`;
  const help = process.platform === "linux" ? `install it (apt install bubblewrap), or ${prefer}` : prefer;
  return `its sandbox is required and bubblewrap does not work here: ${ground.sandbox.why}; ${help}`;
}

function isCapability(name: string): boolean {
  return Capability.options.some((capability) => capability === name);
}
