import type { Problem } from "@mimolo/protocol";

/** Why the collector would not: `message` is a sentence for people, `hint` what to do next. `code` is `unreachable` where nobody
 *  answered at all. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: Problem["code"] | "unreachable";
  /** 0 where nobody answered. */
  readonly status: number;
  readonly hint: string | undefined;
  readonly reason: string | undefined;
  /** Seconds until it is worth asking again, where a collector with too much to do named them. */
  readonly retryAfterS: number | undefined;
  /** The whole answer: some codes bring members of their own, such as `archive_id`. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(
    body: Partial<Omit<Problem, "code">> & { readonly code: ApiProblem["code"] },
    { retryAfterS, ...options }: ErrorOptions & { readonly retryAfterS?: number | undefined } = {},
  ) {
    super(body.detail ?? body.title ?? body.code, options);
    this.code = body.code;
    this.status = body.status ?? 0;
    this.hint = body.hint;
    this.reason = body.reason;
    this.retryAfterS = retryAfterS;
    this.body = { ...body };
  }
}

/** What was caught, where the collector would not. Anything else is a fault of the page and thrown on. */
export function problemOf(caught: unknown): ApiProblem {
  if (!(caught instanceof ApiProblem)) throw caught;
  return caught;
}

/** Reads an answer that is an error, also one that no collector wrote. */
export async function problemIn(response: Response): Promise<ApiProblem> {
  const { status, statusText, headers } = response;
  const retryAfterS = status === 429 ? Number(headers.get("retry-after") ?? Number.NaN) : Number.NaN;
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return new ApiProblem(body, Number.isNaN(retryAfterS) ? {} : { retryAfterS });
  } catch {
    // No JSON: whatever stands there did not come from a collector.
  }
  return new ApiProblem({ code: "internal", status, detail: `the answer was ${status} ${statusText}`.trim() });
}

export function unreachable(cause: unknown): ApiProblem {
  const hint = "see whether mimolo still runs in its terminal";
  return new ApiProblem({ code: "unreachable", detail: "the collector does not answer", hint }, { cause });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}
