import type { EvidenceRecord, PrivacyRule } from "@mimolo/protocol";
import { compilePrivacy, REDACTED } from "@mimolo/protocol";
import { regexEngine } from "./regex-engine.ts";

const MOST_SAMPLES = 5;

/** What one rule would do to records that are kept already. */
export interface RulePreview {
  readonly rule: PrivacyRule;
  /** Records with a value it covers. */
  readonly records: number;
  /** Records in which it, or another rule with the same field, did its work when they came. */
  readonly redacted: number;
  /** Of `records`, how many each agent sent, by label. */
  readonly agents: Readonly<Record<string, number>>;
  /** The newest of `records`, five at most, newest first. */
  readonly seqs: readonly number[];
  /** What they say, as JSON, one value of each. */
  readonly values: readonly string[];
}

export interface PrivacyPreview {
  /** How many messages of agents were looked at. */
  readonly records: number;
  /** In the order of the configuration. */
  readonly rules: readonly RulePreview[];
}

/** Tries rules on kept records; changes nothing. */
export async function previewPrivacy(
  rules: readonly PrivacyRule[],
  kept: AsyncIterable<{ readonly record: EvidenceRecord }>,
): Promise<PrivacyPreview> {
  const trials = rules.map((rule) => new Trial(rule));
  let records = 0;
  for await (const { record } of kept) {
    if (record.kind !== "message") continue;
    records += 1;
    for (const trial of trials) trial.look(record);
  }
  return { records, rules: trials.map((trial) => trial.seen) };
}

class Trial {
  readonly #rule: PrivacyRule;
  readonly #apply: ReturnType<typeof compilePrivacy>["apply"];
  readonly #agents = new Map<string, number>();
  #samples: { readonly seq: number; readonly value: string | null }[] = [];
  #records = 0;
  #redacted = 0;

  constructor(rule: PrivacyRule) {
    this.#rule = rule;
    // Redacting shows which values a rule covers, also where its action takes the whole message.
    const { apply } = compilePrivacy([{ ...rule, action: "redact" }], regexEngine);
    this.#apply = apply;
  }

  get seen(): RulePreview {
    const newestFirst = this.#samples.toReversed();
    return {
      rule: this.#rule,
      records: this.#records,
      redacted: this.#redacted,
      agents: Object.fromEntries([...this.#agents].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      seqs: newestFirst.map(({ seq }) => seq),
      values: newestFirst.flatMap(({ value }) => value ?? []),
    };
  }

  look({ seq, agent_label: label, message }: Extract<EvidenceRecord, { kind: "message" }>): void {
    const verdict = this.#apply(label, message);
    if (verdict.verdict === "keep") return;
    const value = verdict.verdict === "redact" ? coveredIn(message, verdict.message) : null;
    if (value === undefined) {
      this.#redacted += 1;
      return;
    }
    this.#records += 1;
    this.#agents.set(label, (this.#agents.get(label) ?? 0) + 1);
    this.#samples.push({ seq, value: value === null ? null : JSON.stringify(value) });
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
  }
}

/** The first value that is no more in what was left of a message; `undefined` when nothing was taken out. */
export function coveredIn(before: unknown, after: unknown): unknown {
  if (after === REDACTED) return before === REDACTED ? undefined : before;
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) return undefined;
  for (const [key, value] of Object.entries(before)) {
    const found = coveredIn(value, (after as Readonly<Record<string, unknown>>)[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
