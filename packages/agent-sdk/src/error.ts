/** What an author did that the SDK cannot work with. */
export type AgentSdkErrorCode =
  /** An option of `defineAgent` or `defineMonitor` is missing or malformed. */
  | "invalid-definition"
  /** A message type that only the SDK may send. */
  | "reserved-type"
  /** An agent runs once per process. */
  | "already-running";

/** A broken promise of the agent's own code; thrown, never sent. */
export class AgentSdkError extends Error {
  override readonly name = "AgentSdkError";
  readonly code: AgentSdkErrorCode;
  constructor(code: AgentSdkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
