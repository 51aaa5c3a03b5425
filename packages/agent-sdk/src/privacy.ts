// The collector's privacy rules, applied where content begins: before a line has a number, a place in the spool, or a pipe.
import { compilePrivacy, type PrivacyFilter, readPrivacyRules } from "@mimolo/protocol/wire";
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
  adopt(rules: readonly unknown[]): void {
    const own = readPrivacyRules(rules).map((rule) => ({ ...rule, match_agent: "*" }));
    this.#filter = own.length === 0 ? null : compilePrivacy(own);
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
