import type { WidgetReport } from "@mimolo/protocol";
import { isAsWritten } from "./frame/as-written.ts";

type Drawn = Pick<WidgetReport, "html" | "received_at">;

/** The collector has no picture any more that anybody may see, as when a privacy rule came: what is shown has to go. */
export function isTakenBack({ html, received_at: at }: Drawn): boolean {
  return html === null && at === null;
}

/** The collector has no picture of such an agent: it may not run, as when its grants were taken back, or it is not there any more. The
 *  last one of an agent that merely stopped is none of these. */
export function isWithout({ code }: { readonly code: string }): boolean {
  return code === "agent-not-running" || code === "unknown-agent" || code === "no-widget";
}

/** What an action brought may be newer than what was asked for before it. */
export function isOutdone(report: Drawn, shown: Drawn | null): boolean {
  return report.received_at !== null && shown !== null && report.received_at < (shown.received_at ?? "");
}

/** The report with nothing to show, where what it has is not as the collector writes it. */
export function checked(report: WidgetReport): WidgetReport {
  if (report.html === null || isAsWritten(report.html)) return report;
  const message = "The page does not show what came for this widget: it is not as the collector writes it.";
  return { ...report, html: null, problem: { code: "not-as-written", message } };
}
