import type { TrustData } from "@mimolo/trust";
import type { AuditAction, AuditLog } from "../audit-log.ts";
import type { DataDirectory } from "../../data-directory.ts";

/** What a change is made with. */
export interface Around {
  readonly directory: DataDirectory;
  readonly nowMs: number;
  /** Of MiMoLo. */
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly autoGrantLow: () => boolean;
  readonly by: string;
  /** For what is refused, since that changes nothing. */
  readonly audit: Pick<AuditLog, "note">;
}

/** A line of the audit log. */
export interface Note {
  readonly action: AuditAction;
  readonly subject: string;
  readonly detail: string | object;
}

/** A change that was thought through and has yet to be written down. */
export interface Change<Report> {
  /** Null when everything is so already. */
  readonly data: TrustData | null;
  readonly notes: readonly Note[];
  /** Whether it only takes trust away: such a change does not wait for a disk that takes no record of it. */
  readonly narrows: boolean;
  readonly report: Report;
  /** What is cleared away once nothing relies on it. */
  readonly clear?: (() => void) | undefined;
}

export function timeText(nowMs: number): string {
  return new Date(nowMs).toISOString();
}
