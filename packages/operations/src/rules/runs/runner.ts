import type { Clock } from "@mimolo/supervisor";
import type { CallAnswer } from "../../calls/plugin-call.ts";
import type { PluginCalls } from "../../calls/plugin-calls.ts";
import type { Cause } from "../../causes/cause.ts";
import type { Causes } from "../../causes/causes.ts";
import type { entry } from "../../diagnostics/entry.ts";
import type { AuditLog } from "../../trust/audit-log.ts";
import type { Happening } from "../happening.ts";
import { misfit, type Rule } from "../rule.ts";
import { RuleBook } from "../rule-book.ts";
import { actionCall } from "./action-call.ts";
import { EffectsOfRuns } from "./effects-of-runs.ts";
import { NO_RULES, type RuleRuns, type RunsEffect, type RunsEvent, type RunsState, runsOf, step } from "./step.ts";
import { runDetail, toldText } from "./tell.ts";

/** When all ends, what rules have begun may still be done for so long. */
const LAST_RUNS_MS = 3_000;
/** A plugin that is about to run is waited for so long, and looked for so often. */
const COMING_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

const CUT_SHORT: CallAnswer = { ok: false, code: "shutting-down", message: "the collector stopped", tookMs: 0 };

export interface RuleRunnerOptions {
  readonly clock: Clock;
  readonly calls: Pick<PluginCalls, "invoke">;
  readonly causes: Pick<Causes, "begin" | "next" | "behind">;
  readonly audit: Pick<AuditLog, "note">;
  /** A text without the secrets that agents were given. */
  readonly clean: (text: string) => string;
  readonly say: (what: Parameters<typeof entry>[2]) => void;
  /** Whether it does not run yet and will in a moment, by its id or a label. */
  readonly isComing: (plugin: string) => boolean;
  /** The plugin behind a label. */
  readonly pluginOf: (label: string) => string | undefined;
}

interface Run {
  readonly rule: Rule;
  readonly happening: Happening;
  readonly cause: Cause;
}

/** Holds happenings against rules and has plugins do what those say, never in the turn of whoever tells of one. */
export class RuleRunner {
  readonly #options: RuleRunnerOptions;
  readonly #effects = new EffectsOfRuns();
  #book = new RuleBook([]);
  #state: RunsState<Run> = NO_RULES;
  /** To be started in a turn of their own. */
  #starting: Run[] = [];
  readonly #underWay = new Set<Run>();
  #isClosed = false;
  #rests: () => void = () => undefined;

  constructor(options: RuleRunnerOptions) {
    this.#options = options;
  }

  get book(): RuleBook {
    return this.#book;
  }

  runsOf(name: string): RuleRuns<unknown> {
    return runsOf(this.#state, name);
  }

  /** Goes by these from now on. */
  adopt(book: RuleBook): void {
    const changed = book.changedFrom(this.#book);
    this.#book = book;
    this.#take({ type: "configured", names: book.rules.map(({ name }) => name), changed });
  }

  happened(happening: Happening): void {
    const waiting = this.#book.waitingFor(happening.source);
    if (waiting.length === 0 || this.#isClosed) return;
    const fitting = waiting.filter((rule) => misfit(rule, happening) === null);
    if (fitting.length === 0) return;
    const cause = this.#causeOf(happening);
    const nowMs = this.#options.clock.ticksMs();
    for (const rule of fitting) {
      const { name, config } = rule;
      if (cause === "loop") this.#take({ type: "looped", rule: name, nowMs });
      else this.#take({ type: "fitted", rule: name, limit: config.limit, run: { rule, happening, cause }, nowMs });
    }
  }

  /** Resolves when what was begun is over, or had its time; nothing runs any more then. */
  async close(): Promise<void> {
    const over = new AbortController();
    await new Promise<void>((resolve) => {
      this.#rests = () => void (this.#isResting && resolve());
      this.#options.clock.after(LAST_RUNS_MS, resolve, over.signal);
      setImmediate(() => this.#rests());
    });
    over.abort();
    this.#isClosed = true;
    this.#take({ type: "closed" });
    const left = [...this.#underWay, ...this.#starting.splice(0)];
    this.#underWay.clear();
    for (const run of left) this.#audit(run, CUT_SHORT);
  }

  get #isResting(): boolean {
    return this.#state.waiting === 0 && [...this.#state.rules.values()].every(({ underWay }) => underWay === 0);
  }

  #causeOf(happening: Happening): Cause | "loop" {
    const { cause, source, agent, plugin, labels, said } = happening;
    const { causes, clock, pluginOf } = this.#options;
    if (cause !== undefined) return cause;
    const isOnALine = source === "summary" || source === "event" || source === "trigger";
    if (isOnALine && agent !== undefined) return causes.next({ label: agent, pluginId: plugin ?? agent }, said);
    const doers = [...(labels ?? []), ...(agent === undefined ? [] : [agent])].flatMap((label) => [
      label,
      pluginOf(label) ?? label,
    ]);
    const ran = this.#effects.behind(doers, () => causes.begin(), clock.ticksMs());
    return (
      mostHops(
        ran,
        doers.map((doer) => causes.behind(doer)),
      ) ?? causes.begin(plugin)
    );
  }

  #take(event: RunsEvent<Run>): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: RunsEffect<Run>): void {
    if (effect.do === "tell") return this.#tell(effect);
    if (this.#starting.length === 0) setImmediate(() => this.#startSome());
    this.#starting.push(effect.run);
  }

  #startSome(): void {
    for (const run of this.#starting.splice(0)) void this.#run(run);
  }

  async #run(run: Run): Promise<void> {
    const { rule, happening, cause } = run;
    const { calls, clock } = this.#options;
    const { plugin } = rule.config.do;
    this.#effects.began(plugin, cause);
    this.#underWay.add(run);
    await this.#arrived(plugin);
    const answer = await calls.invoke(plugin, actionCall(rule, happening, cause));
    // What comes after the end was written down then.
    if (!this.#underWay.delete(run)) return;
    this.#effects.ended(plugin, cause, clock.ticksMs());
    this.#audit(run, answer);
    const times = { nowMs: clock.ticksMs(), atMs: clock.wallMs() };
    this.#take({ type: "finished", rule: rule.name, ok: answer.ok, why: this.#whyOf(answer), ...times });
    this.#rests();
  }

  /** Much happens while all are starting: what is to act may be the last to come up. */
  async #arrived(plugin: string): Promise<void> {
    const { clock, isComing } = this.#options;
    const lateMs = clock.ticksMs() + COMING_WITHIN_MS;
    while (!this.#isClosed && isComing(plugin) && clock.ticksMs() < lateMs)
      await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve, new AbortController().signal));
  }

  /** It is kept and shown: an action may say what it was given. */
  #whyOf(answer: CallAnswer): string | undefined {
    if (answer.ok) return undefined;
    return this.#options.clean(answer.hint === undefined ? answer.message : `${answer.message}; ${answer.hint}`);
  }

  #audit({ rule, happening, cause }: Run, answer: CallAnswer): void {
    const by = happening.agent ?? "collector";
    this.#options.audit.note("rule", rule.name, by, runDetail(rule, happening, cause, answer));
  }

  #tell({ rule, what, count, why }: Extract<RunsEffect<Run>, { do: "tell" }>): void {
    const config = this.#book.named(rule)?.config;
    const message = toldText(rule, what, { count, why, limit: config?.limit });
    this.#options.say({ type: "collector", level: "warning", code: `rule-${what}`, message });
    // What ran is there already.
    if (what === "failed") return;
    this.#options.audit.note("rule", rule, "collector", {
      rule,
      plugin: config?.do.plugin,
      ok: false,
      code: what,
      count,
    });
  }
}

/** Of everything that may have led to it, what went through most plugins. */
function mostHops(ran: Cause | "loop" | null, moves: readonly (Cause | undefined)[]): Cause | "loop" | null {
  let most = ran;
  for (const move of moves) {
    if (most === "loop") return most;
    if (move !== undefined && (most === null || move.hops > most.hops)) most = move;
  }
  return most;
}
