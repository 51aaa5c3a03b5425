import type { AgentStatus, RegisterReport, StatusReport, TimelineReport } from "@mimolo/protocol";
import type { CorrectionReport, CorrectionRequest } from "../amend/correction.ts";
import type { ErasureReport, ErasureRequest } from "../amend/erasure.ts";
import type { ConfigReport } from "../config-report.ts";
import type { ConfigEdit } from "../edit/config-editor.ts";
import type { ConfigChange } from "../edit/config-change.ts";
import type { Platform } from "../platform/platform.ts";
import type { RunningPlugins } from "../plugins/switch/plugin-control.ts";
import type { Archive } from "../reading/archive.ts";
import type { TimeWindow } from "../reading/window.ts";
import type { Injected } from "./injected/injected.ts";
import type { CollectorFigures } from "./metrics/collector-figures.ts";
import type { LocalNow } from "../telemetry/parts-of-time.ts";
import type { TrustDesk } from "../trust/trust-desk.ts";

export const agentVerbs = ["start", "stop", "restart", "flush"] as const;
export type AgentVerb = (typeof agentVerbs)[number];

/** What the control API may see and do of a collector. */
export interface CollectorView {
  readonly archive: Archive;
  /** Where trust is changed: what runs goes by it when the change resolves. */
  readonly desk: TrustDesk;
  /** What the embedder brought for others to be served. */
  readonly injected: Injected;
  status(): StatusReport;
  /** Of those who collect metrics. */
  figures(): CollectorFigures;
  plugins(): Promise<RegisterReport>;
  /** What plugins do while this runs. */
  readonly plugin: RunningPlugins;
  /** What plugins do for each other and show of themselves, and what that costs. */
  readonly platform: Pick<Platform, "artifacts" | "requests" | "rules" | "telemetry" | "widgets">;
  /** Throws `CollectorError` `unknown-agent`. */
  agent(label: string): AgentStatus;
  /** Throws `CollectorError` `unknown-agent`, `blocked` or `wrong-state`. */
  control(label: string, verb: AgentVerb): Promise<AgentStatus>;
  configuration(): ConfigReport;
  /** Throws `ConfigError` and `CollectorError`; then nothing has changed. */
  edit(change: ConfigChange): Promise<ConfigEdit>;
  /** Which time it is, and where. */
  readonly local: LocalNow;
  timeline(window: TimeWindow): TimelineReport;
  /** `seq` of each record whose content was erased. */
  readonly erased: ReadonlySet<number>;
  /** Writes a person's word on a stretch of time; the timeline goes by it when this resolves. Throws `CollectorError`. */
  correct(request: CorrectionRequest): Promise<CorrectionReport>;
  /** Takes what a record says out of the ledger; the timeline goes by it when this resolves. Throws `CollectorError`. */
  erase(request: ErasureRequest): Promise<ErasureReport>;
  /** Makes what was collected so far readable. */
  commit(): Promise<void>;
  shutdown(): void;
}
