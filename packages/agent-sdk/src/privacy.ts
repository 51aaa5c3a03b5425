// The collector's privacy rules, applied where content begins: before a line has a number, a place in the spool, or a pipe.
import {
  compilePrivacyFor,
  isEvidence,
  type PrivacyFilter,
  type PrivacyRule,
  readPrivacyRules,
  type RegexEngine,
} from "@mimolo/protocol/wire";
import type { Draft } from "./voice.ts";

export class Privacy {
  #filter: PrivacyFilter | null = null;
  #dropped = 0;

  /** Evidence that the rules kept from being sent, since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes the rules of an `ack` in place of those before. The collector picked them for this agent; one that cannot be read
   *  here is left to the collector, which applies all of them once more. */
  async adopt(list: readonly unknown[]): Promise<void> {
    const rules = readPrivacyRules(list).map((rule) => ({ ...rule, match_agent: "*" }));
    const engine = rules.some(({ regex }) => regex !== undefined) ? await regexEngine() : null;
    const readable = rules.filter((rule) => compiled([rule], engine) !== null);
    this.#filter = readable.length === 0 ? null : compiled(readable, engine);
  }

  /** What may be sent of a draft; `null` for nothing. Throws what `JSON.stringify` throws. */
  allowed(draft: Draft): Draft | null {
    if (this.#filter === null) return draft;
    // As it would be written: what has a `toJSON` or comes from a getter is judged by what it becomes.
    const plain = JSON.parse(JSON.stringify(draft)) as Draft;
    const verdict = this.#filter.apply("", plain);
    if (verdict.verdict === "keep") return plain;
    if (verdict.verdict === "redact") return { ...verdict.message, type: draft.type };
    this.#dropped += 1;
    return null;
  }
}

// Large, and hardly ever needed: agents that are shipped as one file leave it beside.
async function regexEngine(): Promise<RegexEngine | null> {
  try {
    return (await import("re2js")).RE2JS;
  } catch {
    return null;
  }
}

function compiled(rules: readonly PrivacyRule[], engine: RegexEngine | null): PrivacyFilter | null {
  try {
    return compilePrivacyFor(isEvidence, rules, () => engine ?? missing());
  } catch {
    return null;
  }
}

function missing(): never {
  throw new Error("re2js is not installed");
}
