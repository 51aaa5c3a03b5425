// What each phase is in words of the wire, and how long its answer is waited for.
import type { Phase } from "./life.ts";

const ANSWER_MS = 5_000;
/** Of an agent that promises no acks. */
const PERHAPS_MS = 1_000;

/** The command, without its id. To those that do not know `lifecycle`, `stop` and `start` say as much. */
export function commandOf(
  phase: Phase,
  speaks: boolean,
  config: Readonly<Record<string, unknown>> | null,
): { cmd: string; params?: object } {
  if (phase === "flush") return { cmd: "flush", params: { reason: "unload" } };
  if (!speaks) return { cmd: phase === "suspend" ? "stop" : "start" };
  const settings = phase === "initialize" && config !== null ? { config } : {};
  return { cmd: "lifecycle", params: { phase, ...settings } };
}

/** `isSure`: it announced that it answers, or has done so. */
export function patienceMs(phase: Phase, isSure: boolean): number {
  if (!isSure) return PERHAPS_MS;
  // An agent of the SDK does what there is to do for `activate` too before it gets to this: a hook of 5 s each.
  return phase === "initialize" ? 2 * ANSWER_MS : ANSWER_MS;
}

/** Whether a late answer would mean that the agent did not come up. */
export function isLifecycle(phase: Phase): boolean {
  return phase === "initialize" || phase === "activate";
}

/** A sentence without its subject. */
export function complaintOn(phase: Phase): string {
  const what = phase === "flush" ? "flush" : `lifecycle ${phase}`;
  return `has not acknowledged ${what} within ${patienceMs(phase, true) / 1000} s`;
}
