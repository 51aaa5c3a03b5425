import type { EvidenceRecord } from "@mimolo/protocol";
import { DEFAULT_FLUSH_INTERVAL_S } from "@mimolo/protocol/wire";
import { durationMsOf, objectOf, textOf, timeOf } from "./loose.ts";
import { insertSorted, lowerBound } from "./timeline/intervals.ts";

/** How one label counts, as the collector saw its monitor spec and the config. `null`: nobody said. */
export interface LabelPolicy {
  readonly resetsCooldown: boolean | null;
  readonly infrequent: boolean;
  readonly dataHeader: string | null;
}

/** The part of a `policy` record that the timeline reads. */
export interface Policy {
  /** In force from here, until the next one. Milliseconds since the epoch. */
  readonly atMs: number;
  readonly seq: number;
  readonly cooldownMs: number;
  /** The longest time one summary may stand for. */
  readonly flushIntervalMs: number;
  /** Closed segments with less work than this are left out. */
  readonly minimumSegmentMs: number;
  readonly labels: ReadonlyMap<string, LabelPolicy>;
}

/** Finds the policy in force at an event time. */
export type PolicyAt = (atMs: number) => Policy;

const DEFAULT_COOLDOWN_MS = 600_000;
const NO_LABEL: LabelPolicy = { resetsCooldown: null, infrequent: false, dataHeader: null };

/** What holds where no policy record is known: a cooldown of 600 s, 60 s for one summary, no segment too short, no monitor.
 */
export const DEFAULT_POLICY: Policy = {
  atMs: Number.NEGATIVE_INFINITY,
  seq: 0,
  cooldownMs: DEFAULT_COOLDOWN_MS,
  flushIntervalMs: DEFAULT_FLUSH_INTERVAL_S * 1000,
  minimumSegmentMs: 0,
  labels: new Map(),
};

/** The policy a record carries; `null` for other kinds and for a body without a time. */
export function policyOf(record: EvidenceRecord): Policy | null {
  if (record.kind !== "policy") return null;
  const data = objectOf(record.data) ?? {};
  const atMs = timeOf(data["at"]);
  if (atMs === null) return null;
  const labels = Object.entries(objectOf(data["agents"]) ?? {}).map(([label, spec]): [string, LabelPolicy] => [
    label,
    labelPolicyOf(spec),
  ]);
  return {
    atMs,
    seq: record.seq,
    cooldownMs: durationMsOf(data["cooldown_seconds"]) ?? DEFAULT_POLICY.cooldownMs,
    flushIntervalMs: durationMsOf(data["flush_interval_s"]) ?? DEFAULT_POLICY.flushIntervalMs,
    minimumSegmentMs: durationMsOf(data["minimum_segment_s"]) ?? DEFAULT_POLICY.minimumSegmentMs,
    labels: new Map(labels),
  };
}

/** How `label` counts under `policy`. */
export function labelUnder(policy: Policy, label: string): LabelPolicy {
  return policy.labels.get(label) ?? NO_LABEL;
}

/** All policies of a history, in any order of arrival. Of equal times the higher `seq` counts; before the first, the first. */
export class PolicyBook {
  #policies: Policy[] = [];

  /** Says from when on this changes what was in force; `Infinity` when it changes nothing so far known. */
  add(policy: Policy): number {
    const at = insertSorted(this.#policies, policy, (a, b) => a.atMs - b.atMs || a.seq - b.seq);
    if (this.#policies[at + 1]?.atMs === policy.atMs) return Number.POSITIVE_INFINITY;
    return this.#policies[0]?.atMs === policy.atMs ? Number.NEGATIVE_INFINITY : policy.atMs;
  }

  /** False when no policy has that record number. */
  remove(seq: number): boolean {
    const count = this.#policies.length;
    this.#policies = this.#policies.filter((policy) => policy.seq !== seq);
    return this.#policies.length < count;
  }

  readonly at: PolicyAt = (atMs) => {
    const policies = this.#policies;
    const first = policies[0];
    const last = policies.at(-1);
    if (first === undefined || last === undefined) return DEFAULT_POLICY;
    if (last.atMs <= atMs) return last;
    const askedMs = Math.max(atMs, first.atMs);
    return policies[lowerBound(policies, (policy) => policy.atMs <= askedMs) - 1] ?? last;
  };

  /** True when one policy is in force over the whole range. */
  steady(fromMs: number, toMs: number): boolean {
    return this.at(fromMs) === this.at(toMs);
  }

  /** True when the cooldown is the same over the whole range, whatever else changes. */
  hasOneCooldown(fromMs: number, toMs: number): boolean {
    const { cooldownMs } = this.at(toMs);
    if (this.at(fromMs).cooldownMs !== cooldownMs) return false;
    const first = lowerBound(this.#policies, (policy) => policy.atMs <= fromMs);
    const end = lowerBound(this.#policies, (policy) => policy.atMs <= toMs);
    return this.#policies.slice(first, end).every((policy) => policy.cooldownMs === cooldownMs);
  }
}

function labelPolicyOf(spec: unknown): LabelPolicy {
  const fields = objectOf(spec) ?? {};
  const resets = fields["resets_cooldown"];
  return {
    resetsCooldown: typeof resets === "boolean" ? resets : null,
    infrequent: fields["infrequent"] === true,
    dataHeader: textOf(fields["data_header"]),
  };
}
