// When rules run: limits, what waits, what is told. Pure; the driver does what `effects` say.
import { NO_RUNS, paced, type Recent } from "./pace.ts";

/** Runs of one rule at a time; the next waits. */
export const MOST_AT_ONCE = 4;
/** Runs that wait, of all rules together. */
export const MOST_WAITING = 1_000;
/** What holds a rule back is told at most once in so long. */
export const TOLD_EVERY_MS = 60_000;

/** What is told of a rule. All but `failed` kept a run from taking place: its limit, a loop, too much that waited, another
 *  configuration. */
export type Told = "failed" | "limited" | "cut" | "crowded" | "changed";

/** One rule's runs, counted since the collector started. */
export interface RuleRuns<Run> {
  readonly recent: Recent;
  readonly waiting: readonly Run[];
  readonly underWay: number;
  readonly runs: number;
  readonly failures: number;
  /** Held back by its limit, or because too much waited. */
  readonly limited: number;
  readonly cut: number;
  readonly lastRunAtMs: number | null;
  /** The last run that failed, and why, for people. */
  readonly lastFailure: { readonly atMs: number; readonly why: string } | null;
  readonly told: Partial<Record<Told, { readonly atMs: number; readonly since: number }>>;
}

export interface RunsState<Run> {
  readonly rules: ReadonlyMap<string, RuleRuns<Run>>;
  readonly waiting: number;
}

/** `nowMs` is monotonic, `atMs` by the wall clock. */
export type RunsEvent<Run> =
  | {
      readonly type: "fitted";
      readonly rule: string;
      readonly limit: number | undefined;
      readonly run: Run;
      readonly nowMs: number;
    }
  | { readonly type: "looped"; readonly rule: string; readonly nowMs: number }
  | {
      readonly type: "finished";
      readonly rule: string;
      readonly ok: boolean;
      /** For people, of one that failed. */
      readonly why?: string | undefined;
      readonly nowMs: number;
      readonly atMs: number;
    }
  /** These are the rules now; what waits goes with the others and with those that changed. */
  | { readonly type: "configured"; readonly names: readonly string[]; readonly changed: ReadonlySet<string> }
  | { readonly type: "closed" };

export type RunsEffect<Run> =
  | { readonly do: "start"; readonly rule: string; readonly run: Run }
  /** `count`: since it was last told. */
  | {
      readonly do: "tell";
      readonly rule: string;
      readonly what: Told;
      readonly count: number;
      readonly why?: string | undefined;
    };

export interface RunsStep<Run> {
  readonly state: RunsState<Run>;
  readonly effects: readonly RunsEffect<Run>[];
}

export const NO_RULES: RunsState<never> = { rules: new Map(), waiting: 0 };

const FRESH: RuleRuns<never> = {
  recent: NO_RUNS,
  waiting: [],
  underWay: 0,
  runs: 0,
  failures: 0,
  limited: 0,
  cut: 0,
  lastRunAtMs: null,
  lastFailure: null,
  told: {},
};

export function step<Run>(state: RunsState<Run>, event: RunsEvent<Run>): RunsStep<Run> {
  switch (event.type) {
    case "fitted":
      return fitted(state, event);
    case "looped":
      return tell(state, event.rule, "cut", event.nowMs);
    case "finished":
      return finished(state, event);
    case "configured":
      return configured(state, event);
    case "closed":
      return { state: withoutWaiting(state, () => true), effects: [] };
  }
}

/** What is known of a rule. */
export function runsOf<Run>(state: RunsState<Run>, rule: string): RuleRuns<Run> {
  return state.rules.get(rule) ?? FRESH;
}

function fitted<Run>(state: RunsState<Run>, event: Extract<RunsEvent<Run>, { type: "fitted" }>): RunsStep<Run> {
  const { rule, limit, run, nowMs } = event;
  const known = runsOf(state, rule);
  const recent = limit === undefined ? NO_RUNS : paced(known.recent, limit, nowMs);
  if (recent === null) return tell(state, rule, "limited", nowMs);
  if (known.underWay < MOST_AT_ONCE) {
    const next = withRule(state, rule, { ...known, recent, underWay: known.underWay + 1 });
    return { state: next, effects: [{ do: "start", rule, run }] };
  }
  const waits = withRule(state, rule, { ...known, recent, waiting: [...known.waiting, run] });
  return waits.waiting <= MOST_WAITING ? { state: waits, effects: [] } : crowded(waits, nowMs);
}

/** The rule with the most to do loses its newest run: no rule takes the others' room. */
function crowded<Run>(state: RunsState<Run>, nowMs: number): RunsStep<Run> {
  const [name, longest] = [...state.rules].reduce((most, one) =>
    one[1].waiting.length > most[1].waiting.length ? one : most,
  );
  const next = withRule(state, name, { ...longest, waiting: longest.waiting.slice(0, -1) });
  return tell(next, name, "crowded", nowMs);
}

function finished<Run>(state: RunsState<Run>, event: Extract<RunsEvent<Run>, { type: "finished" }>): RunsStep<Run> {
  const known = state.rules.get(event.rule);
  if (known === undefined) return { state, effects: [] };
  const [next, ...waiting] = known.waiting;
  const after: RuleRuns<Run> = {
    ...known,
    runs: known.runs + 1,
    failures: known.failures + (event.ok ? 0 : 1),
    lastRunAtMs: event.atMs,
    lastFailure: event.ok ? known.lastFailure : { atMs: event.atMs, why: event.why ?? "it failed" },
  };
  const goesOn: Partial<RuleRuns<Run>> = next === undefined ? { underWay: known.underWay - 1 } : { waiting };
  const over = withRule(state, event.rule, { ...after, ...goesOn });
  const started: RunsEffect<Run>[] = next === undefined ? [] : [{ do: "start", rule: event.rule, run: next }];
  if (event.ok) return { state: over, effects: started };
  const told = tell(over, event.rule, "failed", event.nowMs, event.why);
  return { state: told.state, effects: [...started, ...told.effects] };
}

function configured<Run>(state: RunsState<Run>, event: Extract<RunsEvent<Run>, { type: "configured" }>): RunsStep<Run> {
  const { names, changed } = event;
  const known = new Set(names);
  const gone = (name: string) => !known.has(name) || changed.has(name);
  const effects = [...state.rules].flatMap(([rule, { waiting }]): RunsEffect<Run>[] =>
    gone(rule) && waiting.length > 0 ? [{ do: "tell", rule, what: "changed", count: waiting.length }] : [],
  );
  const kept = withoutWaiting(state, gone);
  // A rule that is gone is known until its last run is over.
  const rules = [...kept.rules].filter(([name, { underWay }]) => known.has(name) || underWay > 0);
  return { state: { ...kept, rules: new Map(rules) }, effects };
}

/** Counts it, and tells it if it was not told a short while ago. */
function tell<Run>(state: RunsState<Run>, rule: string, what: Told, nowMs: number, why?: string): RunsStep<Run> {
  const known = runsOf(state, rule);
  const before = known.told[what];
  const isDue = before === undefined || nowMs - before.atMs >= TOLD_EVERY_MS;
  const count = (before?.since ?? 0) + 1;
  const told = { ...known.told, [what]: isDue ? { atMs: nowMs, since: 0 } : { atMs: before.atMs, since: count } };
  const limited = known.limited + (what === "limited" || what === "crowded" ? 1 : 0);
  const cut = known.cut + (what === "cut" ? 1 : 0);
  const next = withRule(state, rule, { ...known, limited, cut, told });
  return { state: next, effects: isDue ? [{ do: "tell", rule, what, count, why }] : [] };
}

function withRule<Run>(state: RunsState<Run>, name: string, rule: RuleRuns<Run>): RunsState<Run> {
  const before = state.rules.get(name)?.waiting.length ?? 0;
  return { rules: new Map(state.rules).set(name, rule), waiting: state.waiting - before + rule.waiting.length };
}

function withoutWaiting<Run>(state: RunsState<Run>, of: (name: string) => boolean): RunsState<Run> {
  const rules = [...state.rules].map(([name, rule]) => [name, of(name) ? { ...rule, waiting: [] } : rule] as const);
  return { rules: new Map(rules), waiting: rules.reduce((sum, [, { waiting }]) => sum + waiting.length, 0) };
}
