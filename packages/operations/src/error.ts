/** Why the collector refused to start or to do something. */
export type CollectorErrorCode =
  | "already-running"
  | "unknown-plugin"
  | "missing-executable"
  | "not-executable"
  | "unknown-agent"
  | "wrong-state"
  | "blocked"
  | "shutting-down"
  | "label-taken"
  | "no-config-file"
  | "not-editable"
  | "not-set"
  | "rolled-back"
  | "no-evidence"
  | "evidence-not-intact"
  | "no-git"
  | "git-failed"
  | "waits-for-disk"
  | "invalid-correction"
  | "unknown-record"
  | "not-erasable"
  | "already-erased"
  | "data-directory";

/** One class for everything the collector throws. `hint` says what to do next. */
export class CollectorError extends Error {
  override readonly name: string = "CollectorError";
  readonly code: CollectorErrorCode;
  readonly hint: string;

  constructor(code: CollectorErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** Another collector holds this data directory. */
export class AlreadyRunningError extends CollectorError {
  override readonly name = "AlreadyRunningError";
  readonly pid: number;
  /** Socket path or pipe name; `null` when that collector opened none. */
  readonly address: string | null;

  constructor(pid: number, address: string | null) {
    super(
      "already-running",
      `already running (pid ${pid}${address === null ? "" : `, ${address}`})`,
      "use it as it is, stop it with Ctrl-C where it runs, or choose another folder with --data-dir",
    );
    this.pid = pid;
    this.address = address;
  }
}
