import type { VerifyReport } from "@mimolo/protocol";
import { plural } from "../../text/index.ts";

/** How much of it is as it was written. A day may stand in several ledgers, and is one day. */
export function verifiedText(days: VerifyReport["days"]): string {
  const records = days.reduce((sum, day) => sum + day.records, 0);
  const dates = new Set(days.map(({ date }) => date)).size;
  return `Intact: ${plural(records, "record")} of ${plural(dates, "day")}, as they were written.`;
}
