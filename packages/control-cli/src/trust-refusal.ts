import { EXIT, type ExitCode } from "./error.ts";

/** How an error about trust is shown, whether it came over the socket or from this process: under the verdict, or the rule
 *  that a package breaks, where there is one. `null` for other errors. */
export function trustRefusal(code: string, reason: string | undefined): { code: string; exitCode: ExitCode } | null {
  // The API knows one name for an id that nothing here has.
  if (code === "not-installed") return { code: "unknown-plugin", exitCode: EXIT.usage };
  if (MISUSED.has(code)) return { code, exitCode: EXIT.usage };
  if (!REFUSED.has(code)) return null;
  const shown = reason ?? code;
  return { code: shown, exitCode: AUTHORS_OWN.has(shown) ? EXIT.usage : EXIT.refused };
}

const REFUSED: ReadonlySet<string> = new Set(["refused-by-trust", "needs-consent", "bad-package", "trust-unreadable"]);

/** What was typed does not fit. */
const MISUSED: ReadonlySet<string> = new Set(["not-allowable", "bad-grant", "bad-key", "unknown-key"]);

/** Rules about what an author writes, not about what somebody was sent. */
const AUTHORS_OWN: ReadonlySet<string> = new Set([
  "not-found",
  "bad-plugin-file",
  "bad-manifest",
  "missing-file",
  "bad-date",
]);
