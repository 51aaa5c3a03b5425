import type { RuleReport, StatusReport } from "@mimolo/protocol";
import type { CountedCalls } from "../../telemetry/recorder.ts";
import type { CollectorFigures } from "./collector-figures.ts";
import type { CollectorView } from "../view.ts";
import type { CountedRequests } from "./request-counts.ts";

/** What the API knows of itself. */
export interface ApiFigures {
  readonly requests: Iterable<CountedRequests>;
  /** Those who listen to events. */
  readonly listeners: number;
}

/** All that metrics are read from, looked at once. */
export interface Seen {
  readonly status: StatusReport;
  readonly figures: CollectorFigures;
  readonly rules: readonly RuleReport[];
  readonly calls: readonly CountedCalls[];
  readonly api: ApiFigures;
}

export function look(view: CollectorView, api: ApiFigures): Seen {
  const { rules, telemetry } = view.platform;
  return {
    status: view.status(),
    figures: view.figures(),
    rules: rules.report().rules,
    calls: telemetry.counted(),
    api,
  };
}
