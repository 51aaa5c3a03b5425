import type { AggregationInput, ClosedSegment } from "@mimolo/evidence";
import type { AggregateRecord } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { AgentCalls } from "../calls/agent-calls.ts";
import {
  type AggregationEffect,
  type AggregationEvent,
  type Fallback,
  fallbackFor,
  keyOf,
  NOTHING_ASKED,
  type OpenQuestion,
  type Readiness,
  step,
} from "./aggregation.ts";

const ON_THE_WAY_UP = new Set(["planned", "starting", "handshaking", "backing-off"]);

export interface QuestionerOptions {
  readonly clock: Clock;
  readonly callsTo: (label: string) => AgentCalls | null;
  /** The inputs of a segment as they stand now. */
  readonly inputsOf: (segmentId: string) => readonly AggregationInput[];
  readonly append: (data: AggregateRecord["data"]) => void;
  /** A filter gave no value: `message` says why. */
  readonly failed: (label: string, code: Fallback, message: string) => void;
  /** Something was answered, or an agent's time is over: look again. */
  readonly again: () => void;
}

/** Asks the monitors of closed segments what to make of their items, and keeps their word as evidence. */
export class Questioner {
  readonly #options: QuestionerOptions;
  readonly #closed = new AbortController();
  #state = NOTHING_ASKED;
  #later = new AbortController();

  constructor(options: QuestionerOptions) {
    this.#options = options;
  }

  /** An agent is being asked just now. */
  get isAsking(): boolean {
    return this.#state.underWay.size > 0;
  }

  /** Asks whatever these segments still want to know. */
  look(segments: readonly ClosedSegment[]): void {
    if (this.#closed.signal.aborted) return;
    const questions = segments.flatMap(({ segment, unanswered }) =>
      unanswered.map((question): OpenQuestion => ({ ...question, segmentId: segment.id })),
    );
    const readinessOf = (label: string) => this.#readinessOf(label);
    this.#take({ type: "looked", questions, readinessOf, nowMs: this.#options.clock.ticksMs() });
  }

  /** Nothing is asked or kept any more: the next start asks again. */
  close(): void {
    this.#closed.abort();
    this.#later.abort();
  }

  #take(event: AggregationEvent): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: AggregationEffect): void {
    switch (effect.do) {
      case "ask":
        void this.#ask(effect.question);
        return;
      case "fall-back":
        this.#append(effect.question, { fallback: effect.reason });
        return;
      case "look-again":
        this.#later.abort();
        this.#later = new AbortController();
        this.#options.clock.after(effect.delayMs, () => this.#options.again(), this.#later.signal);
    }
  }

  async #ask(question: OpenQuestion): Promise<void> {
    const { segmentId, agent_label: label, header } = question;
    const { inputsOf, callsTo, failed, again } = this.#options;
    const input = inputsOf(segmentId).find((candidate) => keyOf(candidate) === keyOf(question));
    const params = { data_header: header, items: input?.items ?? [] };
    const outcome = await callsTo(label)?.invoke({ interface: "aggregate", method: "filter", params });
    if (this.#closed.signal.aborted) return;
    if (outcome?.ok === true) this.#append(question, { value: outcome.data });
    else {
      const reason = fallbackFor(outcome?.code ?? "not-running");
      this.#append(question, { fallback: reason });
      failed(label, reason, outcome?.message ?? "it was removed");
    }
    this.#take({ type: "answered", question });
    again();
  }

  #append(question: OpenQuestion, answer: { value: unknown } | { fallback: Fallback }): void {
    const { segmentId, agent_label, header, input_seqs_sha256 } = question;
    this.#options.append({ segment_id: segmentId, agent_label, header, input_seqs_sha256, ...answer });
  }

  #readinessOf(label: string): Readiness {
    const calls = this.#options.callsTo(label);
    if (calls === null) return "away";
    if (calls.state !== "running") return ON_THE_WAY_UP.has(calls.state) ? "coming" : "away";
    return calls.has("invoke") ? "ready" : "mute";
  }
}
