import type { PrivacyFilter, PrivacyRule } from "@mimolo/protocol";
import type { Filtered } from "../agents/filtered.ts";
import type { Received } from "../agents/intake-doors.ts";
import { hasDuplicateKeys } from "./duplicate-keys.ts";

const UNTOUCHED: Filtered = { verdict: "keep" };
const UNSCREENED: ReadonlySet<string> = new Set(["handshake", "metadata", "summary", "event"]);
const NOT_SAID = "a privacy rule keeps the answer back";

/** The rules as one agent meets them. They are asked for anew with every message, so that a reload counts at once. */
export class AgentPrivacy {
  readonly #label: string;
  readonly #filter: () => PrivacyFilter;

  constructor(label: string, filter: () => PrivacyFilter) {
    this.#label = label;
    this.#filter = filter;
  }

  /** Those that cover this agent. */
  get rules(): readonly PrivacyRule[] {
    return this.#filter().rulesFor(this.#label);
  }

  /** What may be kept of a message; `line` are its bytes. */
  judge(message: Readonly<Record<string, unknown>>, line: Uint8Array): Filtered {
    const filter = this.#filter();
    const rules = filter.rulesFor(this.#label);
    if (rules.length === 0) return UNTOUCHED;
    const verdict = filter.apply(this.#label, message);
    if (verdict.verdict !== "keep" || !hasDuplicateKeys(line, message)) return verdict;
    // No rule saw what the line says besides what was read of it: only what was read is kept.
    return { verdict: "redact", rules: rules.map(({ name }) => name), message };
  }

  /** What the rest of the collector gets to see of a message; `null` for nothing. Evidence is judged on its own way, and what
   *  an agent says about itself at its start has to be known. */
  screened(received: Received): Received | null {
    const { message, bytes } = received;
    if (!received.known || UNSCREENED.has(message.type)) return received;
    const judged = this.judge(message, bytes);
    if (judged.verdict === "keep") return received;
    const left = judged.verdict === "redact" ? judged.message : emptied(message);
    if (left === null) return null;
    return { ...received, message: { ...left, type: message.type }, bytes: Buffer.from(JSON.stringify(left)) };
  }
}

/** Somebody waits for a result: it goes on without its content. */
function emptied({ type, id }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null {
  if (type === "result") return { type, id, ok: false, error: { code: "privacy-drop", message: NOT_SAID } };
  return null;
}
