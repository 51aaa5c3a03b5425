import type { RulesReport, RulesTestReport } from "@mimolo/protocol";
import type { WantedNews } from "../agents/news.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import type { Happening } from "./happening.ts";

/** The rules of a collector that runs. */
export interface Rules {
  /** What of this agent's evidence some rule looks into. */
  wants(label: string): WantedNews;
  /** Returns at once; nothing is run in the caller's turn. */
  happened(happening: Happening): void;
  report(): RulesReport;
  /** What each rule would do; does nothing. Throws `CollectorError` `invalid-parameter`-like codes for what is no event. */
  test(event: unknown): RulesTestReport;
  /** Goes by the configuration as it is now. */
  configured(): void;
  close(): Promise<void>;
}

export function openRules(around: PlatformAround): Rules {
  void around;
  const nothing: WantedNews = { summaries: false, events: false };
  return {
    wants: () => nothing,
    happened: () => undefined,
    report: () => ({ rules: [] }),
    test: () => ({ rules: [] }),
    configured: () => undefined,
    close: () => Promise.resolve(),
  };
}
