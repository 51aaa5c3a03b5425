/** What can be wrong with a call into this package; bad agents are never an error, they are values and states. */
export type SupervisorErrorCode = "invalid-policy" | "run-file-unusable";

/** A broken promise of the caller or of the machine under us. `code` is for programs, `message` for people. */
export class SupervisorError extends Error {
  override readonly name = "SupervisorError";
  readonly code: SupervisorErrorCode;
  constructor(code: SupervisorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
