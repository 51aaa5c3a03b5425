/** Why a request came to nothing. */
export type HttpFaultCode =
  | "invalid-request"
  | "host-not-allowed"
  | "unreachable"
  | "timed-out"
  | "http-status"
  | "too-many-redirects"
  | "cancelled";

/** What a request can come to. `message` is a sentence for people that names method, host and what happened: never a header,
 *  a body, a path or a query, in which there may be secrets. */
export class HttpFault extends Error {
  override readonly name = "HttpFault";
  readonly code: HttpFaultCode;
  /** Whether to send it again might help. */
  readonly mayPass: boolean;
  /** Whether the server may have seen the request before it failed. */
  readonly mayHaveArrived: boolean;
  /** The answer's, of a status that is none of success. */
  readonly status: number | null;
  /** How long the server asks to be left alone. */
  readonly waitMs: number | null;

  constructor(
    code: HttpFaultCode,
    message: string,
    more: {
      readonly mayPass?: boolean;
      readonly mayHaveArrived?: boolean;
      readonly status?: number;
      readonly waitMs?: number | null;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.mayPass = more.mayPass ?? false;
    this.mayHaveArrived = more.mayHaveArrived ?? false;
    this.status = more.status ?? null;
    this.waitMs = more.waitMs ?? null;
  }
}
