import type { Cause } from "../causes/cause.ts";
import type { RuleConfig } from "../config/index.ts";
import type { Lookup } from "./where/evaluate.ts";

export type Source = RuleConfig["when"]["source"];

/** Something a rule may wait for. */
export interface Happening {
  readonly source: Source;
  /** The agent's label; absent: nobody's, as with segments. */
  readonly agent?: string | undefined;
  readonly plugin?: string | undefined;
  readonly event?: string | undefined;
  readonly atMs: number;
  readonly data?: unknown;
  readonly metrics?: unknown;
  readonly state?: string | undefined;
  readonly health?: string | undefined;
  /** What its trigger says of it. */
  readonly velocity?: unknown;
  readonly mode?: unknown;
  /** Labels of those it is made of: of a segment. */
  readonly labels?: readonly string[] | undefined;
  /** Of the evidence, or the segment, that it was. */
  readonly seq?: number | undefined;
  readonly segmentId?: string | undefined;
  /** What led to it; absent: what its agent is at work on, if it is at work on anything. */
  readonly cause?: Cause | undefined;
  /** `cause` as it stood on the agent's line. */
  readonly said?: unknown;
}

/** Its fields, as `where` sees them. */
export function fieldsOf(happening: Happening): Lookup {
  return (field) => {
    switch (field) {
      case "at":
        return new Date(happening.atMs).toISOString();
      case "source":
      case "agent":
      case "plugin":
      case "event":
      case "data":
      case "metrics":
      case "state":
      case "health":
        return happening[field];
      default:
        return undefined;
    }
  };
}
