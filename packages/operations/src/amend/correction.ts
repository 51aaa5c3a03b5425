import type { CorrectionRecord } from "@mimolo/protocol";
import { CollectorError } from "../error.ts";

/** A person's word about a stretch of time, half-open. */
export interface CorrectionRequest {
  readonly fromMs: number;
  readonly toMs: number;
  readonly as: "work" | "idle";
  readonly note: string;
}

/** A correction that is on the disk. */
export interface CorrectionReport {
  /** The record's number. */
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly as: "work" | "idle";
  readonly note: string;
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 31;
const LONGEST_NOTE = 1_000;

/** The data of the record that this asks for. Throws `CollectorError` `invalid-correction` for what nobody can mean. */
export function correctionData(request: CorrectionRequest, nowMs: number): CorrectionRecord["data"] {
  const { fromMs, toMs, as, note } = request;
  if (!(fromMs < toMs)) throw refused("it has no length", "--from lies before --to, and --to itself is left out");
  if (toMs > nowMs + DAY_MS) throw refused("it speaks of days to come", "correct what has been; was the year meant?");
  if (toMs - fromMs > LONGEST_DAYS * DAY_MS) {
    throw refused(`it is longer than ${LONGEST_DAYS} days`, "correct a month at a time, if it is really meant");
  }
  if (note.trim() === "")
    throw refused("it says no reason", 'a few words that you will understand in a year: --note "…"');
  if (note.length > LONGEST_NOTE) throw refused("its note is too long", `keep it under ${LONGEST_NOTE} characters`);
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), as, note };
}

function refused(why: string, hint: string): CollectorError {
  return new CollectorError("invalid-correction", `this correction makes no sense: ${why}`, hint);
}
