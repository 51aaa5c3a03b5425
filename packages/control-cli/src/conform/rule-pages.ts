// What `mimolo conform --explain` gives programs: rules as they stand in the kit.
import type { Area, Rule, Situation } from "@mimolo/agent-sdk/testing";
import { askedIds } from "./asked-ids.ts";

export interface RulePage {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  /** `false`: advice. */
  readonly required: boolean;
  /** Asked with `--release` only. */
  readonly release: boolean;
  /** The protocol's own sentence. */
  readonly says: string;
  readonly why: string;
  readonly fix: string;
  /** What it is judged on; empty: every line of every situation. */
  readonly seen_in: readonly Situation[];
  /** Whether `mimolo try` sees it while the agent runs. */
  readonly live: boolean;
  /** Where it is explained, below the documentation. */
  readonly page: string;
}

/** The rules that are named, as `askedIds` reads them; every one without a name. */
export async function rulePages(typed: string | undefined): Promise<readonly RulePage[]> {
  const { rules, situationsOf } = await import("@mimolo/agent-sdk/testing");
  const ids = await askedIds(typed);
  const asked = ids === undefined ? rules : rules.filter(({ id }) => ids.includes(id));
  return asked.map((rule) => pageOf(rule, situationsOf(rule)));
}

function pageOf({ id, area, title, required, release, says, why, fix, isLive }: Rule, seen: readonly Situation[]) {
  const level = { required, release: release === true };
  const page = `docs/conformance/${id}.md`;
  return { id, area, title, ...level, says, why, fix, seen_in: seen, live: isLive === true, page };
}
