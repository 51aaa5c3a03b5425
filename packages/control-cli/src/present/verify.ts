import { explainFault, type FaultReason } from "@mimolo/operations/reading";
import type { VerifyReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

/** The days of a ledger and the verdict; a fault with its place and what it means. `date`: the only day looked at. */
export function verifyLines(report: VerifyReport, colour: Colour, date?: string): string[] {
  const { days, fault } = report;
  const rows = days.map((day) => [day.ledger, day.date, day.state, String(day.records)]);
  const listed = rows.length === 0 ? [] : [...table(COLUMNS, rows, colour), ""];
  if (fault !== undefined) {
    const byte = fault.offset === null ? "" : `, byte ${fault.offset}`;
    const record = fault.record === null ? "" : `, record ${fault.record}`;
    const witness = fault.file === "commits.jsonl" ? missedBy(report, fault.record ?? 0) : [];
    return [
      ...listed,
      `${colour("red", "Not intact:")} ${sentenceOf(fault.reason)} (${fault.reason})`,
      `  at ${fault.file}${byte}${record}`,
      ...witness,
      "  What lies before that place is as it was written. Keep a copy of the whole folder before anything else.",
    ];
  }
  if (rows.length === 0 && date !== undefined) return [`No records were kept on ${date} (UTC), and none are missing.`];
  const records = days.reduce((sum, day) => sum + day.records, 0);
  const verdict = `${colour("green", "Intact:")} ${records} records, every byte as it was written${erasedOf(report)}.`;
  return [...listed, verdict, ...anchorLines(report.anchors ?? [])];
}

/** Who saw a commit that the chain does not have as it was. */
function missedBy({ anchors = [] }: VerifyReport, n: number): string[] {
  const seen = anchors.findLast((anchor) => anchor.exists && anchor.n >= n);
  if (seen === undefined) return [];
  return [`  ${seen.commit.slice(0, 12)} in ${printable(seen.repo)} is a witness of the chain up to commit ${seen.n}.`];
}

function erasedOf({ erased = [] }: VerifyReport): string {
  if (erased.length === 0) return "";
  if (erased.length === 1) return `; record ${erased.join("")} is erased, and a record of its own says so`;
  const numbers = erased.length > 12 ? `${erased.slice(0, 12).join(", ")}, …` : erased.join(", ");
  return `; records ${numbers} are erased, and records of their own say so`;
}

/** The witnesses: how far the newest one vouches, and those that are gone. */
function anchorLines(anchors: NonNullable<VerifyReport["anchors"]>): string[] {
  const newest = anchors.findLast((anchor) => anchor.exists);
  const gone = anchors.filter((anchor) => !anchor.exists);
  const holds = (anchor: (typeof anchors)[number]) =>
    `  Anchored up to commit ${anchor.n} by ${anchor.commit.slice(0, 12)} in ${printable(anchor.repo)}.`;
  return [
    ...(newest === undefined ? [] : [holds(newest)]),
    ...gone.map(
      ({ n, commit, repo }) => `  The anchor of commit ${n} is gone: ${commit.slice(0, 12)} in ${printable(repo)}.`,
    ),
  ];
}

/** A collector of a later version may know reasons that this one has no words for. */
function sentenceOf(reason: string): string {
  const known: string | undefined = explainFault(reason as FaultReason);
  return known ?? "it is not as it was written";
}

const COLUMNS = [
  { title: "LEDGER" },
  { title: "DATE (UTC)" },
  { title: "STATE" },
  { title: "RECORDS", align: "right" },
] as const;
