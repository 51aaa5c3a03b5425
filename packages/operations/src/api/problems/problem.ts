import type { Problem, ProblemCode } from "@mimolo/protocol";

/** An error that a route answers with; `hint` says what to do next. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly hint: string | undefined;
  readonly reason: string | undefined;
  /** Where what was asked for is kept. */
  readonly archiveId: string | undefined;

  constructor(code: ProblemCode, message: string, hint?: string, reason?: string, archiveId?: string) {
    super(message);
    this.archiveId = archiveId;
    this.code = code;
    this.hint = hint;
    this.reason = reason;
  }
}

const statuses: Record<ProblemCode, number> = {
  "bad-request": 400,
  "invalid-parameter": 400,
  "invalid-json": 400,
  "not-found": 404,
  "not-available": 404,
  "unknown-agent": 404,
  "unknown-plugin": 404,
  "method-not-allowed": 405,
  "unsupported-media-type": 415,
  "body-too-large": 413,
  "header-too-large": 431,
  "request-too-slow": 408,
  unauthorized: 401,
  forbidden: 403,
  "socket-only": 403,
  "needs-confirmation": 403,
  misdirected: 421,
  "too-many-requests": 429,
  conflict: 409,
  "agent-blocked": 409,
  "agent-not-running": 409,
  "command-not-taken": 503,
  "evidence-not-intact": 409,
  "invalid-correction": 400,
  "unknown-record": 404,
  "not-erasable": 409,
  "already-erased": 409,
  "refused-by-trust": 403,
  "needs-consent": 403,
  "bad-package": 422,
  "not-allowable": 400,
  "bad-grant": 400,
  "bad-key": 400,
  "unknown-key": 404,
  "trust-unreadable": 409,
  "rolled-back": 409,
  dependency: 409,
  "bad-setting": 400,
  "not-offered": 404,
  "plugin-failed": 502,
  "permission-denied": 403,
  "no-handler": 404,
  loop: 409,
  "shutting-down": 503,
  "timed-out": 504,
  "no-widget": 404,
  "unknown-artifact": 404,
  "unknown-token": 404,
  "artifact-missing": 404,
  "artifact-too-large": 413,
  altered: 409,
  archived_data_rehydrate_required: 409,
  purged: 410,
  "unknown-archive": 404,
  "unknown-plan": 404,
  "no-artifact-interface": 409,
  internal: 500,
};

export function statusOf(code: ProblemCode): number {
  return statuses[code];
}

/** An error as RFC 9457 has it, with a stable `code`. */
export function problem(code: ProblemCode, detail: string, hint?: string, reason?: string): Problem {
  const title = code.charAt(0).toUpperCase() + code.slice(1).replaceAll(/[-_]/g, " ");
  const more = { ...(hint === undefined ? {} : { hint }), ...(reason === undefined ? {} : { reason }) };
  return { type: `urn:mimolo:problem:${code}`, title, status: statuses[code], detail, code, ...more };
}

/** What fastify itself refuses (a body that is too large, not JSON, of another type), in our words; `mostBytes` is what a body may
 *  have where it was sent. */
export function problemOf(error: unknown, mostBytes?: number): Problem {
  if (error instanceof ProblemError) {
    const { code: said, message: why, hint, reason, archiveId } = error;
    return { ...problem(said, why, hint, reason), ...(archiveId === undefined ? {} : { archive_id: archiveId }) };
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  const detail = message ?? "no reason given";
  if (statusCode === 415) return problem("unsupported-media-type", detail, "send application/json");
  if (statusCode === 413) {
    return problem(
      "body-too-large",
      mostBytes === undefined ? detail : most(mostBytes),
      "send less, or in several requests",
    );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return code?.includes("JSON") === true
      ? problem("invalid-json", "the body is not JSON", LOOK)
      : problem("bad-request", detail);
  }
  if (code === "disk-full")
    return problem("internal", detail, "free some room and try again; `mimolo status` shows it");
  return problem("internal", detail, "`mimolo logs` has more");
}

const LOOK = "look at its quotes, commas and brackets as they arrive: a shell may take some away";

const MIB = 1024 * 1024;

function most(bytes: number): string {
  const amount = bytes >= MIB ? `${Math.floor(bytes / MIB)} MiB` : `${Math.floor(bytes / 1024)} KiB`;
  return `a body has at most ${amount} here`;
}
