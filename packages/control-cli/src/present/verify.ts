import type { VerifyReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { table } from "./table.ts";

/** The days of a ledger and the verdict; a fault with its place and what it means. */
export function verifyLines(report: VerifyReport, colour: Colour): string[] {
  const { days, fault } = report;
  const rows = days.map((day) => [day.ledger, day.date, day.state, String(day.records)]);
  const listed = rows.length === 0 ? [] : [...table(COLUMNS, rows, colour), ""];
  if (fault !== undefined) {
    const record = fault.record === null || fault.record === undefined ? "" : `, record ${fault.record}`;
    return [
      ...listed,
      `${colour("red", "Not intact:")} ${fault.reason}`,
      `  at ${fault.file}, byte ${fault.offset}${record}`,
      "  What lies before that place is as it was written. Keep a copy of the whole folder before anything else.",
    ];
  }
  const records = days.reduce((sum, day) => sum + day.records, 0);
  return [...listed, `${colour("green", "Intact:")} ${records} records, every byte as it was written.`];
}

const COLUMNS = [
  { title: "LEDGER" },
  { title: "DATE (UTC)" },
  { title: "STATE" },
  { title: "RECORDS", align: "right" },
] as const;
