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
  | "data-directory"
  /** The port that somebody asked for. */
  | "port-taken"
  /** The configured socket cannot be made where it is to be, or not safely. */
  | "socket-unusable"
  /** What it is, who signed it or what it asks for does not let it in; `reason` is the verdict. */
  | "refused-by-trust"
  | "needs-consent"
  /** Broken, or made to harm; `reason` names the rule. */
  | "bad-package"
  | "not-installed"
  | "not-allowable"
  | "bad-grant"
  | "bad-key"
  | "unknown-key"
  /** `trust/trust.json` or a key of ours cannot be read, or could have been written by others. */
  | "trust-unreadable"
  /** What it needs is not here, does not fit, or it is needed itself; `reason` is `missing`, `conflict`, `cycle`, `disabled` or
   *  `needed`. */
  | "dependency"
  /** A setting that the plugin's schema does not allow, or a secret that cannot be read. */
  | "bad-setting"
  /** No registry offers it, or no plugin that interface. */
  | "not-offered"
  /** A call came to nothing by the plugin's doing; `reason` is its own code, or `ended`. */
  | "plugin-failed"
  | "timed-out"
  /** The agent draws none. */
  | "no-widget"
  | "command-not-taken"
  | "not-running"
  | "invalid-params"
  | "too-large"
  /** More calls than it may have; `reason` is `rate-limited` or `busy`. */
  | "too-many-requests"
  /** Nobody handles that message. */
  | "no-handler"
  /** It went through too many plugins. */
  | "loop"
  | "unknown-artifact"
  | "unknown-token"
  | "artifact-missing"
  | "artifact-too-large"
  /** Its bytes are not those that evidence names. */
  | "altered"
  /** Its agent keeps it in an archive; `reason` is the archive's id. */
  | "archived_data_rehydrate_required"
  | "purged"
  | "unknown-archive"
  /** A purge that was never planned, is over, or was executed. */
  | "unknown-plan"
  | "no-artifact-interface"
  /** An artifact in another state than the one that it would have to be in. */
  | "artifact-conflict"
  /** What was given cannot be read. */
  | "invalid-parameter";

/** One class for everything the collector throws. `hint` says what to do next. */
export class CollectorError extends Error {
  override readonly name: string = "CollectorError";
  readonly code: CollectorErrorCode;
  readonly hint: string;
  /** The verdict, or the rule that was broken, in one word; only with some codes. */
  readonly reason: string | undefined;

  constructor(code: CollectorErrorCode, message: string, hint: string, options?: ErrorOptions & { reason?: string }) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.reason = options?.reason;
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
