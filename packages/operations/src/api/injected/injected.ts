import type { BuiltinPlugin } from "@mimolo/protocol";

/** Makes reports; the embedder brings it. */
export interface ReportMaker {
  /** `timesheet`, `summary` …; `plugin:ID` is answered without it. */
  readonly kinds: readonly string[];
  /** Rejects with an `Error` whose message says what was wrong with what was asked. */
  make(kind: string, options: ReportOptions): Promise<unknown>;
}

/** As `mimolo report` has them; milliseconds since the epoch, half-open. */
export interface ReportOptions {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly by?: string | undefined;
  readonly rate?: string | undefined;
  readonly round?: string | undefined;
  readonly explain?: boolean | undefined;
  readonly proof?: boolean | undefined;
}

/** What the control API serves for others: without one of them its paths answer `not-available`. */
export interface Injected {
  /** Plugins that are trusted, and hold what they ask for, because they came with the application. */
  readonly builtins?: readonly BuiltinPlugin[] | undefined;
  /** A folder of static files with an `index.html`, served at `/` over TCP. */
  readonly page?: string | undefined;
  readonly reports?: ReportMaker | undefined;
  /** Answers SQL over evidence. */
  readonly query?: ((sql: string) => Promise<unknown>) | undefined;
}
