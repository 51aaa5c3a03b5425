import type { entry } from "../diagnostics/entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { ClockFinding } from "./clock-findings.ts";

const WORDS = {
  suspend: "the machine slept",
  stall: "the collector stood still",
  "suspend-or-stall": "the machine slept or the collector stood still",
} as const;

/** Makes a finding evidence, and a warning for people. */
export function noteFinding(
  finding: ClockFinding,
  journal: Pick<Journal, "gap" | "clockStep">,
  say: (what: Parameters<typeof entry>[2]) => void,
): void {
  if (finding.kind === "clock_step") {
    const { atMs, byMs } = finding;
    journal.clockStep({ at: iso(atMs), by_ms: byMs });
    const direction = byMs > 0 ? "forward" : "back";
    const message = `the wall clock was set ${direction} by ${(Math.abs(byMs) / 1000).toFixed(1)} s`;
    say({ type: "collector", level: "warning", code: "clock-step", message });
    return;
  }
  const { reason, fromMs, toMs } = finding;
  journal.gap({ reason, from: iso(fromMs), to: iso(toMs) });
  const message = `${WORDS[reason]} for ${Math.round((toMs - fromMs) / 1000)} s, from ${iso(fromMs)}: nothing was watched`;
  say({ type: "collector", level: "warning", code: reason, message });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
