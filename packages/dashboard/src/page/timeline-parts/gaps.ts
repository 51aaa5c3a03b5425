// Time for which nobody at all has evidence.
import type { EvidenceRecord } from "@mimolo/protocol";
import type { OuterGap } from "./pieces.ts";

/** The gaps of the collector itself among these records, in order; what one agent alone missed is none. */
export function gapsIn(records: readonly EvidenceRecord[]): OuterGap[] {
  return records
    .flatMap((record) => {
      if (record.kind !== "gap" || record.instance_id !== undefined) return [];
      const { from, to, reason } = record.data;
      return [{ fromMs: Date.parse(from), toMs: Date.parse(to), reason }];
    })
    .toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Why nobody looked, in words. */
export function gapText(reason: string | undefined): string {
  return REASONS[reason ?? ""] ?? "nobody was looking";
}

const REASONS: Readonly<Record<string, string>> = {
  "collector-down": "the collector was not running",
  suspend: "the computer slept",
  stall: "the computer stood still",
  "suspend-or-stall": "the computer slept or stood still",
  "missing-seq": "records of an agent are missing",
};
