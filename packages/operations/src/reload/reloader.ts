/** Takes new configurations while the collector runs: all of one, or none of it. */
import type { Clock } from "@mimolo/supervisor";
import type { Agents } from "../agents/agents.ts";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import { ConfigError, type LoadedConfig } from "../config/index.ts";
import type { entry } from "../diagnostics/entry.ts";
import type { CarriedConsent } from "../edit/config-editor.ts";
import type { Emitter } from "../emitter.ts";
import { CollectorError } from "../error.ts";
import type { CollectorEvents } from "../events.ts";
import { type Change, rejudgedBy } from "./change-agents.ts";
import { type ConfigDiff, diffConfig, diffText, isEmptyDiff } from "./diff.ts";
import { type ReloadOutcome, type ReloadReport, refused, rolledBack } from "./report.ts";
import type { Planned } from "./planned.ts";
import { failures, type Swap, swap } from "./swap.ts";

export interface ReloaderParts {
  readonly agents: Agents;
  readonly clock: Clock;
  readonly events: Emitter<CollectorEvents>;
  /** What runs now; the last good configuration. */
  current(): Planned;
  /** Makes another one the current one, and writes it down where the fold has to know. */
  adopt(next: Planned): void;
  /** What a written configuration means. Throws `CollectorError` when a program or plugin does not exist. */
  plan(written: LoadedConfig): Planned;
  say(what: Parameters<typeof entry>[2]): void;
  /** Carries consent on over an edit of ours; absent: nobody was asked for any. */
  carryConsent?(edit: CarriedConsent): Promise<unknown>;
}

/** One reload at a time; those asked for meanwhile wait and read their configuration when their turn comes. */
export class Reloader {
  readonly #parts: ReloaderParts;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  /** What was said last of a configuration that was not taken; it is said once. */
  #trouble: string | null = null;

  constructor(parts: ReloaderParts) {
    this.#parts = parts;
  }

  /** Why what the files say now is not what runs; `null` when it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Reads and applies. Never rejects for what a configuration holds. `aloud`: says so too when nothing changed. */
  reload(read: () => LoadedConfig, aloud = true): Promise<ReloadReport> {
    return this.inTurn(() => this.#reload(read, aloud));
  }

  /** Does something when no reload is under way, and lets none begin before it is done. */
  inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Applies at once, for those who have their turn and put back what they wrote when it does not hold. */
  async apply(read: () => LoadedConfig): Promise<ReloadReport> {
    const report = await this.#reload(read, true);
    this.#trouble = null;
    return report;
  }

  /** Exchanges agents at once, for those who have their turn; resolves to why that did not hold. */
  swap(exchange: Swap): Promise<string[]> {
    return swap(this.#parts, exchange, this.#closing.signal);
  }

  /** Waits for these agents; resolves to why those that did not come up did not. */
  whyNotUp(labels: readonly string[]): Promise<string[]> {
    const { agents, current } = this.#parts;
    const started = labels.flatMap((label) => agents.find(label) ?? []);
    return failures(started, current().config, this.#parts, this.#closing.signal);
  }

  /** Nothing is applied any more; one under way ends as it stands. */
  close(): void {
    this.#closing.abort();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #reload(read: () => LoadedConfig, aloud: boolean): Promise<ReloadReport> {
    if (this.#closing.signal.aborted) return refused("the collector is stopping");
    if (aloud) this.#trouble = null;
    const before = this.#parts.current();
    let after: Planned;
    try {
      after = this.#parts.plan(read());
    } catch (error) {
      return this.#notTaken(error);
    }
    const diff = diffConfig(before.config, after.config);
    const outcome = await this.#change(before, after, diff);
    return this.#told(outcome, diff, after, aloud);
  }

  async #change(before: Planned, after: Planned, diff: ConfigDiff): Promise<ReloadOutcome> {
    const change = changeOf(diff, before.plans, after.plans);
    const reasons = await this.swap({ change, after, back: () => before });
    if (reasons.length > 0) return { outcome: "rolled-back", reasons };
    return isEmptyDiff(diff) || this.#closing.signal.aborted ? { outcome: "unchanged" } : { outcome: "reloaded" };
  }

  /** It could not even be read or planned: nothing was touched. */
  #notTaken(error: unknown): ReloadReport {
    if (error instanceof CollectorError) return this.#undone(rolledBack([error.message], error.hint));
    if (!(error instanceof ConfigError)) throw error;
    const { message, hint, file, line, key } = error;
    const more = error.problems.length - 1;
    const others = more === 0 ? "" : ` (and ${more} more)`;
    const told = `the configuration was not taken, the last good one keeps running: ${message}${others}`;
    this.#complain("config-invalid", hint === undefined ? told : `${told}; ${hint}`);
    return { ...refused(message), hint, place: { file, line, key }, error };
  }

  #told(outcome: ReloadOutcome, diff: ConfigDiff, { config, plans }: Planned, aloud: boolean): ReloadReport {
    if (outcome.outcome === "rolled-back") return this.#undone(rolledBack(outcome.reasons, undefined, diff));
    const touched = new Set([...diff.added, ...diff.changed.map(({ label }) => label)]);
    const blocked = plans.filter(({ label, blocked: why }) => why !== null && touched.has(label));
    const message = diffText(diff);
    const news = outcome.outcome === "reloaded" || this.#trouble !== null || aloud;
    this.#trouble = null;
    if (news)
      this.#parts.say({ type: "collector", code: "config-reloaded", message: `configuration reloaded: ${message}` });
    for (const notice of config.notices) if (news) this.#parts.say({ type: "collector", message: notice.message });
    for (const { label, blocked: why } of blocked) {
      const text = `${label} is blocked: ${why}`;
      this.#parts.say({ type: "collector", level: "warning", code: "agent-blocked", message: text });
    }
    const told = blocked.map(({ label, blocked: why }) => ({ label, reason: why ?? "" }));
    return { outcome: outcome.outcome, message, diff, reasons: [], blocked: told };
  }

  #undone(report: ReloadReport): ReloadReport {
    const hint = report.hint === undefined ? "" : `; ${report.hint}`;
    this.#complain("config-rolled-back", `${report.message}${hint}`);
    return report;
  }

  #complain(code: string, message: string): void {
    if (this.#trouble === message) return;
    this.#trouble = message;
    this.#parts.say({ type: "collector", level: "error", code, message });
  }
}

function changeOf(diff: ConfigDiff, before: readonly AgentPlan[], plans: readonly AgentPlan[]): Change {
  const anew = new Set(diff.changed.filter(({ restarts }) => restarts).map(({ label }) => label));
  const retuned = new Set(diff.changed.filter(({ restarts }) => !restarts).map(({ label }) => label));
  return {
    ending: [...diff.removed, ...anew],
    starting: plans.filter(({ label }) => diff.added.includes(label) || anew.has(label)),
    retuned: plans.filter(({ label }) => retuned.has(label)),
    rejudged: rejudgedBy(before, plans).filter(({ label }) => diff.unchanged.includes(label)),
  };
}
