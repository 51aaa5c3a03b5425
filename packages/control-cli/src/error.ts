/** What `mimolo` ends with; scripts rely on these numbers. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  refused: 4,
  notIntact: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type CliErrorCode =
  | "usage"
  | "unknown-verb"
  | "unknown-figure"
  | "invalid-duration"
  | "invalid-time"
  | "invalid-number"
  | "config"
  | "file-exists"
  | "missing-executable"
  | "collector-not-reachable"
  | "collector-refused"
  | "no-evidence";

/** A failure with its exit code and, in `hint`, what to do next. `code` is what `--json` prints; it may also be the
 *  code of the collector or of the configuration, passed on as it came, and `reason` a plugin's own. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string;
  readonly reason: string | undefined;

  constructor(
    code: CliErrorCode | (string & {}),
    exitCode: ExitCode,
    message: string,
    hint: string,
    options?: ErrorOptions & { readonly reason?: string | undefined },
  ) {
    super(message, options);
    this.code = code;
    this.exitCode = exitCode;
    this.hint = hint;
    this.reason = options?.reason;
  }
}
