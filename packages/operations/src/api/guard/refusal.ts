import type { ProblemCode } from "@mimolo/protocol";
import { ProblemError } from "../problems/problem.ts";

export interface Refused {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly hint?: string;
  /** Tells refusals of one code apart, in a word. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem whose answer carries headers of its own. */
export class Refusal extends ProblemError {
  readonly headers: Readonly<Record<string, string>>;

  constructor({ code, detail, hint, reason, headers = {} }: Refused) {
    super(code, detail, hint, reason);
    this.headers = headers;
  }
}
