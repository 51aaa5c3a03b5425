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
  /** Takes back what was prepared for it, when it is not made after all. */
  readonly undo?: (() => void) | undefined;
}

/** What changes trust, one at a time and each on record before it is made. */
export interface DeskWork {
  /** Does something while nobody else changes anything. */
  inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result>;
  /** Makes a change in turn, and lets what runs go by it. */
  change<Request extends { readonly by: string }, Report>(
    request: Request,
    work: Work<Request, Report>,
  ): Promise<Change<Report>>;
  /** As the file says it now. Throws `CollectorError` `trust-unreadable`. */
  data(): TrustData;
  around(by: string): Around;
  write(data: TrustData): void;
  /** Lets what runs go by what was written. */
  changed(): Promise<unknown>;
}

export type Work<Request, Report> = (
  data: TrustData,
  request: Request,
  around: Around,
) => Change<Report> | Promise<Change<Report>>;

export function timeText(nowMs: number): string {
  return new Date(nowMs).toISOString();
}
