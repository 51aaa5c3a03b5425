// Words about rules, for the diagnostics and the audit.
import type { CallAnswer } from "../../calls/plugin-call.ts";
import { type Cause, MOST_HOPS } from "../../causes/cause.ts";
import type { Happening } from "../happening.ts";
import type { Rule } from "../rule.ts";
import { MOST_WAITING, type Told } from "./step.ts";

/** What the audit keeps of a run: what happened, what was done, and what became of it. */
export function runDetail(rule: Rule, happening: Happening, cause: Cause, answer: CallAnswer): Record<string, unknown> {
  const { source, event, seq, segmentId } = happening;
  return {
    rule: rule.name,
    plugin: answer.pluginId ?? rule.config.do.plugin,
    ...(answer.label !== undefined && { label: answer.label }),
    source,
    ...(event !== undefined && { event }),
    ...(seq !== undefined && { seq }),
    ...(segmentId !== undefined && { segment_id: segmentId }),
    at: new Date(happening.atMs).toISOString(),
    cause: cause.id,
    hops: cause.hops,
    ok: answer.ok,
    ...(!answer.ok && { code: answer.code, ...(answer.reason !== undefined && { reason: answer.reason }) }),
    took_ms: Math.round(answer.tookMs * 1_000) / 1_000,
  };
}

/** What is said of a rule; `count`: how often since that was last said. */
export function toldText(
  rule: string,
  what: Told,
  { count, why, limit }: { count: number; why: string | undefined; limit: number | undefined },
): string {
  const times = count === 1 ? "" : ` (${count} times since this was last said)`;
  switch (what) {
    case "failed":
      return `rule "${rule}": ${why ?? "it failed"}${times}`;
    case "limited":
      return `rule "${rule}" was held back by its limit of ${limit ?? "so many"} in a minute${times}`;
    case "cut":
      return `rule "${rule}" was cut: what led to it went through more than ${MOST_HOPS} plugins${times}`;
    case "crowded":
      return `rule "${rule}" left a run out: ${MOST_WAITING} of them wait already${times}`;
    case "changed":
      return `rule "${rule}" is another one now: ${count === 1 ? "a run" : `${count} runs`} of the old one that waited will not take place`;
  }
}
