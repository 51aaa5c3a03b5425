import type { Question } from "@mimolo/evidence";

/** A monitor's part in one closed segment, not answered yet. */
export interface OpenQuestion extends Question {
  readonly segmentId: string;
}

/** Whether an agent can be asked: `coming` is on its way up, `mute` runs and announced no `invoke`. */
export type Readiness = "ready" | "coming" | "mute" | "away";

/** Why a segment keeps its monitor's unique items: the `fallback` of an `aggregate` record. */
export type Fallback = "not-running" | "no-filter" | "timed-out" | "failed" | "too-large";

export interface AggregationState {
  /** By label: the one question it is asked just now. */
  readonly underWay: ReadonlyMap<string, OpenQuestion>;
  /** Answered, but the timeline does not know it yet. */
  readonly answered: ReadonlySet<string>;
  /** Since when an agent on its way up is waited for, in monotonic milliseconds. */
  readonly waitingSinceMs: ReadonlyMap<string, number>;
}

export type AggregationEvent =
  /** The timeline was looked at: these are all the questions there are. */
  | {
      readonly type: "looked";
      readonly questions: readonly OpenQuestion[];
      readonly readinessOf: (label: string) => Readiness;
      readonly nowMs: number;
    }
  | { readonly type: "answered"; readonly question: OpenQuestion };

export type AggregationEffect =
  | { readonly do: "ask"; readonly question: OpenQuestion }
  | { readonly do: "fall-back"; readonly question: OpenQuestion; readonly reason: Fallback }
  | { readonly do: "look-again"; readonly delayMs: number };

export const NOTHING_ASKED: AggregationState = {
  underWay: new Map(),
  answered: new Set(),
  waitingSinceMs: new Map(),
};

/** An agent that starts is waited for so long. */
export const COMING_MS = 30_000;

/** One question at a time for each agent, so that a slow filter's time-out is its own; each question once. */
export function step(
  state: AggregationState,
  event: AggregationEvent,
): { state: AggregationState; effects: AggregationEffect[] } {
  if (event.type === "answered") {
    const underWay = new Map(state.underWay);
    underWay.delete(event.question.agent_label);
    const answered = new Set(state.answered).add(keyOf(event.question));
    return { state: { ...state, underWay, answered }, effects: [] };
  }
  const { questions, readinessOf, nowMs } = event;
  const underWay = new Map(state.underWay);
  const answered = new Set(questions.map(keyOf).filter((key) => state.answered.has(key)));
  const waitingSinceMs = new Map<string, number>();
  const effects: AggregationEffect[] = [];
  const fallBack = (question: OpenQuestion, reason: Fallback) => {
    answered.add(keyOf(question));
    effects.push({ do: "fall-back", question, reason });
  };
  for (const question of questions) {
    const key = keyOf(question);
    const { agent_label: label } = question;
    const current = underWay.get(label);
    if (answered.has(key) || (current !== undefined && keyOf(current) === key)) continue;
    switch (readinessOf(label)) {
      case "ready":
        if (current !== undefined) break;
        underWay.set(label, question);
        effects.push({ do: "ask", question });
        break;
      case "mute":
        fallBack(question, "no-filter");
        break;
      case "away":
        fallBack(question, "not-running");
        break;
      case "coming": {
        const sinceMs = state.waitingSinceMs.get(key) ?? nowMs;
        const leftMs = sinceMs + COMING_MS - nowMs;
        if (leftMs <= 0) fallBack(question, "not-running");
        else {
          waitingSinceMs.set(key, sinceMs);
          effects.push({ do: "look-again", delayMs: leftMs });
        }
      }
    }
  }
  return { state: { underWay, answered, waitingSinceMs }, effects: soonest(effects) };
}

/** What the record says of a call that brought no value. */
export function fallbackFor(code: string): Fallback {
  if (code === "timed-out" || code === "too-large" || code === "not-running") return code;
  return code === "not-offered" ? "no-filter" : "failed";
}

/** The whole question as one text. */
export function keyOf({ agent_label: label, header, input_seqs_sha256: sha256 }: Question): string {
  return JSON.stringify([label, header, sha256]);
}

// One look finds all that is due.
function soonest(effects: readonly AggregationEffect[]): AggregationEffect[] {
  const delays = effects.flatMap((effect) => (effect.do === "look-again" ? [effect.delayMs] : []));
  const rest = effects.filter((effect) => effect.do !== "look-again");
  return delays.length === 0 ? rest : [...rest, { do: "look-again", delayMs: Math.min(...delays) }];
}
