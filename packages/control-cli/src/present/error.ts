import { CliError, EXIT, type ExitCode } from "../error.ts";
import { trustRefusal } from "../trust-refusal.ts";
import type { Colour } from "./colour.ts";
import { printable } from "./width.ts";

/** An error as people and scripts see it. */
export interface ShownError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** The code of the plugin that failed. */
  readonly reason?: string | undefined;
  readonly exitCode: ExitCode;
}

/** What to show for anything thrown. Errors of other packages are known by name, so that showing one loads nothing. */
export function shownError(thrown: unknown): ShownError {
  if (thrown instanceof CliError) return thrown;
  if (!(thrown instanceof Error)) return unexpected(String(thrown));
  const { code, hint, reason } = thrown as { code?: unknown; hint?: unknown; reason?: unknown };
  if (thrown.name === "ConfigError") {
    return {
      code: typeof code === "string" ? code : "config",
      message: allProblems(thrown),
      hint: typeof hint === "string" && hint !== "" ? hint : "Correct that place and try again.",
      exitCode: code === "needs-consent" ? EXIT.refused : EXIT.usage,
    };
  }
  if (thrown.name === "PackageError") return packageError(thrown, String(code));
  const refusal = trustRefusal(String(code), typeof reason === "string" ? reason : undefined);
  if (refusal !== null && typeof hint === "string") return { ...refusal, message: thrown.message, hint };
  const known = typeof code === "string" ? SYSTEM_HINTS[code] : undefined;
  if (known !== undefined) return { code: String(code), message: thrown.message, hint: known, exitCode: EXIT.failed };
  if (typeof code === "string" && typeof hint === "string") {
    return { code, message: thrown.message, hint, exitCode: exitCodeOf(code) };
  }
  return unexpected(thrown.message, typeof code === "string" ? code : undefined);
}

/** Two or three lines for a terminal. */
export function errorLines(error: ShownError, colour: Colour): string[] {
  // A plugin, or a server it asked, may have written these words.
  const [first = "", ...more] = error.message.split("\n").map(printable);
  const hints = error.hint === "" ? [] : error.hint.split("\n").map((line) => `  ${printable(line)}`);
  return [`${colour("red", "mimolo:")} ${first}`, ...more.map((line) => `  ${line}`), ...hints];
}

/** What one packs or signs oneself, or a package that was made to harm. */
function packageError({ message }: Error, rule: string): ShownError {
  const ofRegistry = REGISTRY_RULES[rule];
  if (ofRegistry !== undefined) return { code: rule, message, ...ofRegistry };
  const { code, exitCode } = trustRefusal("bad-package", rule) ?? { code: rule, exitCode: EXIT.refused };
  const hint = exitCode === EXIT.usage ? "Correct that and try again." : "Get the package again, from its author.";
  return { code, message, hint, exitCode };
}

/** What a registry does not take, or offers wrongly. */
const REGISTRY_RULES: Readonly<Record<string, { readonly hint: string; readonly exitCode: ExitCode }>> = {
  "version-taken": {
    hint: "What is published stays as it is: raise the version and publish that.",
    exitCode: EXIT.usage,
  },
  "registry-busy": { hint: "Somebody else publishes there just now: try again.", exitCode: EXIT.failed },
  "registry-unreadable": { hint: "Nothing was written over.", exitCode: EXIT.failed },
  "registry-unwritable": {
    hint: "Make it yours with chown or chmod, or name another folder with --to.",
    exitCode: EXIT.failed,
  },
  "registry-mismatch": {
    hint: "Tell whoever keeps that registry; another version may be sound.",
    exitCode: EXIT.refused,
  },
  "outside-registry": { hint: "Tell whoever keeps that registry; nothing was opened.", exitCode: EXIT.refused },
};

const MOST_WITHOUT_CONSENT = 4;

/** A configuration may be wrong in several places; all are named at once. */
function allProblems(error: Error & { readonly [Key in "code" | "problems" | "hint"]?: unknown }): string {
  const first = error.hint;
  const all: unknown[] = Array.isArray(error.problems) ? error.problems.slice(1) : [];
  // One answer settles all that wants consent, and it is to be read in the file.
  const shown = error.code === "needs-consent" ? Math.min(all.length, MOST_WITHOUT_CONSENT) : all.length;
  const problems = all.slice(0, shown);
  const left = all.length === shown ? [] : [`and ${all.length - shown} more places that set what runs`];
  const more = problems.flatMap((problem) => {
    const { message, hint } = problem as { message?: unknown; hint?: unknown };
    // The first one's hint ends the whole; the same words twice would not help twice.
    const own = typeof hint === "string" && hint !== first ? [`  ${hint}`] : [];
    return [...(typeof message === "string" ? [message] : []), ...own];
  });
  return [error.message, ...more, ...left].join("\n");
}

function exitCodeOf(code: string): ExitCode {
  if (code === "evidence-not-intact") return EXIT.notIntact;
  return USAGE_CODES.has(code) ? EXIT.usage : EXIT.failed;
}

/** Codes of the collector that speak of what was configured. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  "unknown-plugin",
  "missing-executable",
  "not-executable",
  "unknown-agent",
  "label-taken",
  "no-config-file",
  "not-editable",
  "not-set",
  "invalid-correction",
  "unknown-record",
  "not-erasable",
  "already-erased",
  "bad-setting",
  "not-offered",
  "invalid-parameter",
  "port-taken",
  "socket-unusable",
]);

const SYSTEM_HINTS: Readonly<Record<string, string>> = {
  EACCES: "Make it yours with chown or chmod, or name another folder with --data-dir.",
  EPERM: "Make it yours with chown or chmod, or name another folder with --data-dir.",
  EROFS: "That disk is read-only: name another folder with --data-dir.",
  ENOSPC: "The disk is full (or the limit of watched folders is reached): free some room and try again.",
  "disk-full": "Free some room and try again.",
  ENOTDIR: "A file stands where a folder should be: name another folder with --data-dir.",
  ENOENT: "Check the path; it is not there.",
  EISDIR: "That is a folder: name a file.",
};

function unexpected(message: string, code = "unexpected"): ShownError {
  return {
    code,
    message,
    hint: "`mimolo doctor` checks this machine; `mimolo logs` may tell more.",
    exitCode: EXIT.failed,
  };
}
