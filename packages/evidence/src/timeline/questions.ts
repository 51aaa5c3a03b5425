import type { Segment } from "@mimolo/protocol";
import { type AggregationInput, inputsOf } from "./aggregate.ts";
import type { History } from "./history.ts";
import type { Picture } from "./picture.ts";
import type { Described } from "./segment.ts";

/** What one monitor contributed to one segment, by the numbers of its records. */
export type Question = Pick<AggregationInput, "agent_label" | "header" | "input_seqs_sha256">;

/** A closed segment, and what its monitors were not asked yet: inputs that no `aggregate` record answers, with a value or
 *  without one. */
export interface ClosedSegment {
  readonly segment: Segment;
  readonly unanswered: readonly Question[];
}

/** What monitors are to be asked, and whom an answer concerns. A segment that looks the same is looked at once. */
export class Questions {
  readonly #picture: Picture;
  readonly #history: History;
  readonly #known = new WeakMap<Described, readonly Question[]>();

  constructor(picture: Picture, history: History) {
    this.#picture = picture;
    this.#history = history;
  }

  /** The closed segments at `nowMs`, in order. */
  closed(nowMs: number): ClosedSegment[] {
    const { display, stretches } = this.#picture;
    const open = display.openAt(nowMs, stretches.last);
    const { aggregates } = this.#history;
    return display.all
      .filter((shown) => shown !== open && !shown.isTooShort)
      .map((shown) => ({
        segment: shown.segment,
        unanswered: this.#of(shown).filter((question) => !aggregates.answers(question)),
      }));
  }

  /** The inputs of a segment, items and all; empty for an unknown id. */
  inputs(segmentId: string): AggregationInput[] {
    return inputsOf(this.#picture.display.all.find(({ segment }) => segment.id === segmentId)?.tally.events ?? []);
  }

  /** The segments with exactly those inputs. */
  holders(asked: Question): Described[] {
    return this.#picture.display.all.filter((shown) => this.#of(shown).some((question) => isSame(question, asked)));
  }

  #of(shown: Described): readonly Question[] {
    const known = this.#known.get(shown);
    if (known !== undefined) return known;
    const questions = inputsOf(shown.tally.events).map(questionOf);
    this.#known.set(shown, questions);
    return questions;
  }
}

/** The same without the items. */
export function questionOf({ agent_label, header, input_seqs_sha256 }: Question): Question {
  return { agent_label, header, input_seqs_sha256 };
}

function isSame(a: Question, b: Question): boolean {
  return a.input_seqs_sha256 === b.input_seqs_sha256 && a.agent_label === b.agent_label && a.header === b.header;
}
