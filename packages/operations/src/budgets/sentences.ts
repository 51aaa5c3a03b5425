/** Every step of the budget policy as a line for people: a stable code, the numbers, the key to change. */
import type { LogLevel } from "@mimolo/protocol";
import type { CpuFinding } from "./cpu-watch.ts";
import type { IntensiveFinding } from "./intensive.ts";

export interface Sentence {
  readonly type: "collector";
  readonly level: LogLevel;
  readonly code: string;
  readonly message: string;
}

/** What was done about a throttled agent, beside asking it. */
export interface Slowed {
  /** It understands `throttle`. */
  readonly asked: boolean;
  readonly priorityLowered: boolean;
}

type Throttled = Extract<CpuFinding, { type: "throttled" }>;
type Breach = Extract<CpuFinding, { type: "breach" }>;

export function overBudget({ percent: used, factor, first }: Throttled, budgetPercent: number, how: Slowed): Sentence {
  const measures = [
    how.asked ? `it is asked to sample ${factor} times more slowly` : "it does not understand throttle",
    ...(how.priorityLowered ? ["its priority is lowered"] : []),
  ].join(", ");
  const [cost, budget] = unlike(used, budgetPercent);
  const message = `${cost} of a core over the last minute, its budget is ${budget}: ${measures} (cpu_budget_percent)`;
  return first
    ? { type: "collector", level: "warning", code: "cpu-over-budget", message }
    : { type: "collector", level: "info", code: "cpu-throttled", message };
}

export function backWithin(used: number | null, budgetPercent: number, priorityRestored: boolean): Sentence {
  const why =
    used === null
      ? "a declared burst begins"
      : `${percent(used)} of a core over the last minute, within its budget of ${percent(budgetPercent)}`;
  const priority = priorityRestored
    ? ""
    : "; its priority stays lowered until it is restarted, raising it is not permitted";
  return { type: "collector", level: "info", code: "cpu-restored", message: `${why}: its own pace again${priority}` };
}

export function askedToRecover(waitedMs: number, nextWaitMs: number): Sentence {
  const message = `in overload by its own word for ${duration(waitedMs)}: asked to go back to its own pace; if it is in overload again, after ${duration(nextWaitMs)}`;
  return { type: "collector", level: "info", code: "overload-retry", message };
}

/** The hard limit of CPU as the detail of a restart. */
export function cpuBreach({ percent: used, limitPercent, windowMs }: Breach): string {
  return `${percent(used)} of a core for ${duration(windowMs)}, the limit is ${percent(limitPercent)} (cpu_budget_percent grants more)`;
}

export function memoryBreach(memoryMib: number, limitMib: number): string {
  return `${memoryMib.toFixed(0)} MiB, the limit is ${limitMib} MiB in 3 of 5 samples (memory_mib)`;
}

export function restarted(cause: string, detail: string): Sentence {
  return { type: "collector", level: "warning", code: cause, message: `restarted: ${detail}` };
}

export function quarantined(cause: string, detail: string, sinceMs: number): Sentence {
  const again = `again within ${duration(sinceMs)}`;
  return {
    type: "collector",
    level: "error",
    code: "limit-quarantined",
    message: `quarantined (${cause}): ${detail}; ${again}`,
  };
}

export function burst(finding: IntensiveFinding): Sentence {
  const sentence = (level: LogLevel, code: string, message: string): Sentence => ({
    type: "collector",
    level,
    code,
    message,
  });
  switch (finding.type) {
    case "begun":
      return sentence("info", "intensive-begun", "a declared burst: up to 100 % of a core for 5 min, once in 30 min");
    case "ended":
      return sentence(
        "info",
        "intensive-ended",
        `the declared burst is over after ${duration(finding.afterMs)}: cpu_budget_percent holds again`,
      );
    case "refused":
      return sentence(
        "warning",
        "intensive-refused",
        `no further burst for ${duration(finding.againInMs)}, there is one in 30 min: cpu_budget_percent holds`,
      );
  }
}

/** Two that are not the same, with as many digits as it takes to see that. */
function unlike(value: number, other: number): [string, string] {
  for (let digits = 3; digits < 10; digits += 1) {
    const texts = [value, other].map((each) => `${Number(each.toPrecision(digits))} %`) as [string, string];
    if (texts[0] !== texts[1]) return texts;
  }
  return [percent(value), percent(other)];
}

const percent = (value: number) => `${Number(value.toPrecision(3))} %`;

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
