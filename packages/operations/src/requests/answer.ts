import { CollectorError, type CollectorErrorCode } from "../error.ts";

/** How a request ended: what the wire's `response` carries. */
export type Answer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

export const answered = (data: unknown): Answer => ({ ok: true, data });

/** `help` says what to do next. */
export function refused(code: string, message: string, help?: string): Answer {
  return { ok: false, error: { code, message: help === undefined ? message : `${message}; ${help}` } };
}

/** What the collector threw, in its words; anything else is nobody's business but ours. */
export function failed(error: unknown): Answer {
  if (!(error instanceof CollectorError)) return refused("internal", "it failed", "`mimolo logs` has more");
  const { code, message, hint, reason } = error;
  // A plugin's own code tells the caller more than that a plugin failed.
  const isReason = code === "plugin-failed" || code === "too-many-requests";
  return refused(isReason ? (reason ?? code) : (problemNames.get(code) ?? code), message, hint);
}

/** The names that the same has over HTTP. */
const problemNames: ReadonlyMap<CollectorErrorCode, string> = new Map([
  ["not-installed", "unknown-plugin"],
  ["blocked", "agent-blocked"],
  ["wrong-state", "agent-not-running"],
  ["not-running", "agent-not-running"],
]);
