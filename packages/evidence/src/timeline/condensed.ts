import { Block, GROWING_BLOCKS } from "./block.ts";
import type { Interval } from "./intervals.ts";
import { Marks } from "./marks.ts";
import type { Observation } from "./observation.ts";
import type { Span } from "./spans.ts";
import { compareTimes } from "./summaries.ts";

/** Whether a span may stand in one block with what lies before it. */
export interface Joinable {
  /** No gap, correction or change of policy touches the range, and `silenceMs` in it ends no segment. */
  plain(range: Interval, silenceMs: number): boolean;
}

/** What is left of observations whose details nobody needs any more: blocks for those that count, marks for witnesses, and
 *  how far they reach. */
export class Condensed {
  readonly marks = new Marks();
  readonly #blocks: Block[] = [];
  readonly #growing = new Map<string, Block[]>();
  #latest: Block[] = [];
  readonly #instances = new Map<string, { last: Observation; chained: boolean }>();
  #fromMs = Number.POSITIVE_INFINITY;
  #toMs = Number.NEGATIVE_INFINITY;
  #throughSeq = 0;

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** Takes a span in; answers its block, or `null` where a mark is enough. */
  add(span: Span, joinable: Joinable): Block | null {
    const { source } = span;
    this.#throughSeq = Math.max(this.#throughSeq, source.seq);
    this.#fromMs = Math.min(this.#fromMs, span.startMs);
    this.#toMs = Math.max(this.#toMs, span.endMs);
    if (source.kind === "summary") this.#chain(source);
    if (!span.resetting) {
      this.marks.add(span);
      return null;
    }
    return this.#grow(span, joinable);
  }

  /** Notes one that is gone and counted for no segment. */
  forget({ seq, atMs }: Observation): void {
    this.#throughSeq = Math.max(this.#throughSeq, seq);
    this.#fromMs = Math.min(this.#fromMs, atMs);
    this.#toMs = Math.max(this.#toMs, atMs);
  }

  /** The time of the last condensed summary of an instance, where that stands before the observation. */
  lastBefore(observation: Observation): number | null {
    const last = this.#instances.get(observation.instanceId)?.last;
    return last !== undefined && compareTimes(last, observation) < 0 ? last.atMs : null;
  }

  /** True when a summary comes so late that its neighbours, which it may change, are condensed. */
  hides(observation: Observation): boolean {
    const instance = this.#instances.get(observation.instanceId);
    if (instance === undefined || observation.kind !== "summary") return false;
    if (compareTimes(instance.last, observation) < 0) return false;
    return instance.chained || observation.coversMs === null;
  }

  /** True when something between the two may have been condensed. */
  touches(fromMs: number, toMs: number): boolean {
    return this.#throughSeq > 0 && this.#fromMs <= toMs && fromMs <= this.#toMs;
  }

  mayHold(seq: number): boolean {
    return seq <= this.#throughSeq;
  }

  #chain(source: Observation): void {
    const known = this.#instances.get(source.instanceId);
    const chained = source.coversMs === null;
    if (known === undefined) this.#instances.set(source.instanceId, { last: source, chained });
    else {
      if (compareTimes(known.last, source) < 0) known.last = source;
      known.chained ||= chained;
    }
  }

  #grow(span: Span, joinable: Joinable): Block {
    const growing = this.#growingOf(span.source);
    const block = growing.find((one) => fits(one, span, joinable));
    if (block !== undefined) {
      block.add(span);
      return block;
    }
    const fresh = new Block(span);
    this.#blocks.push(fresh);
    growing.unshift(fresh);
    growing.length = Math.min(growing.length, GROWING_BLOCKS);
    return fresh;
  }

  // Mostly one comes after another of its own kind; a key for each would be the larger part of the work.
  #growingOf(source: Observation): Block[] {
    if (isOf(this.#latest[0], source)) return this.#latest;
    const key = `${source.instanceId}\n${source.stream}\n${source.label}`;
    this.#latest = this.#growing.get(key) ?? [];
    this.#growing.set(key, this.#latest);
    return this.#latest;
  }
}

function isOf(block: Block | undefined, { instanceId, stream, label }: Observation): boolean {
  const own = block?.observation;
  return own?.instanceId === instanceId && own.stream === stream && own.label === label;
}

function fits(block: Block, span: Span, joinable: Joinable): boolean {
  if (span.startMs < block.startMs || span.endMs < block.endMs) return false;
  return joinable.plain({ startMs: block.startMs, endMs: span.endMs }, span.endMs - block.endMs);
}
