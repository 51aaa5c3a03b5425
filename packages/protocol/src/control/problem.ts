// Errors over HTTP, RFC 9457, with a code that scripts can rely on.
import { z } from "zod";

/** What went wrong, for machines. Closed: a new code is a new version. */
export const ProblemCode = z.enum([
  "bad-request",
  "invalid-parameter",
  "invalid-json",
  "not-found",
  "not-available",
  "unknown-agent",
  "unknown-plugin",
  "method-not-allowed",
  "unsupported-media-type",
  "body-too-large",
  "header-too-large",
  "request-too-slow",
  "unauthorized",
  "forbidden",
  "socket-only",
  "needs-confirmation",
  "misdirected",
  "too-many-requests",
  "conflict",
  "agent-blocked",
  "agent-not-running",
  "command-not-taken",
  "evidence-not-intact",
  "invalid-correction",
  "unknown-record",
  "not-erasable",
  "already-erased",
  "refused-by-trust",
  "needs-consent",
  "bad-package",
  "not-allowable",
  "bad-grant",
  "bad-key",
  "unknown-key",
  "trust-unreadable",
  "rolled-back",
  "dependency",
  "bad-setting",
  "not-offered",
  "plugin-failed",
  "permission-denied",
  "no-handler",
  "loop",
  "shutting-down",
  "timed-out",
  "no-widget",
  "internal",
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** The body of every HTTP answer that is an error, `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: ProblemCode,
  /** What to do next. */
  hint: z.string().optional(),
  /** The verdict of what was refused by trust, or the rule that a package breaks. */
  reason: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
