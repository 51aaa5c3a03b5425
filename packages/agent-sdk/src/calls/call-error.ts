/** Why a call or a request came to nothing. Thrown by what answers a call it becomes the caller's error, `code` and all; any other
 *  error becomes `failed`. What `request`, `publish`, `subscribe` and `send` reject with. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** A word for machines, such as `not-available`; from the collector `permission-denied`, `rate-limited`, `loop`, … */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
