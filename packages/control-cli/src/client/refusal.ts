import { CliError, EXIT, type ExitCode } from "../error.ts";
import { trustRefusal } from "../trust-refusal.ts";

/** An answer that is an error, as a verb ends with it: the problem's own code, sentence and hint. */
export function refusal(status: number, answer: unknown): CliError {
  const fields = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const text = (key: string) => (typeof fields[key] === "string" ? fields[key] : undefined);
  const message = text("detail") ?? text("title") ?? `the collector answered ${status}`;
  const code = text("code") ?? "collector-refused";
  const reason = text("reason");
  const hint = isNoRoute(code, reason, text("hint"))
    ? OTHER_VERSION
    : (text("hint") ?? "`mimolo status` shows what runs, `mimolo logs` why.");
  const trust = trustRefusal(code, reason);
  if (trust !== null) return new CliError(trust.code, trust.exitCode, message, hint);
  const exitCode = exitCodeOf(status, code);
  if (reason !== undefined && ONE_FOR_MANY.has(code) && reason !== OF_A_CALL) {
    return new CliError(reason, exitCode, message, hint);
  }
  return new CliError(code, exitCode, message, hint, { reason });
}

/** A path that this command knows and the collector does not: what it knows instead helps nobody who typed a verb. */
function isNoRoute(code: string, reason: string | undefined, hint: string | undefined): boolean {
  if (code === "method-not-allowed") return true;
  return code === "not-found" && (reason === "path" || hint === undefined);
}

const OTHER_VERSION = "The collector may be of another version: stop it, and start this one's with `mimolo run`.";

/** Codes that the API has for many rules, of which `reason` names one: the code of a verb that meets it without a collector. */
const ONE_FOR_MANY: ReadonlySet<string> = new Set(["invalid-parameter", "conflict", "forbidden"]);

/** Only a collector can say this one. */
const OF_A_CALL = "invalid-params";

/** What a verb that needs a collector says when there is none. */
export function notReachable(dataDir: string): CliError {
  return new CliError(
    "collector-not-reachable",
    EXIT.unreachable,
    `no collector runs on ${dataDir}`,
    "Start one with `mimolo run`, or name the folder of a running one with --data-dir.",
  );
}

/** The same when somebody holds the folder who cannot be asked. */
export function notListening(dataDir: string, pid: number, cause?: unknown): CliError {
  return new CliError(
    "collector-not-reachable",
    EXIT.unreachable,
    `process ${pid} holds ${dataDir}, and nothing listens there`,
    "It may be starting or ending: try again. An application may run a collector that opens no control socket: ask it there.",
    { cause },
  );
}

function exitCodeOf(status: number, code: string): ExitCode {
  if (code === "evidence-not-intact") return EXIT.notIntact;
  if (status === 401 || status === 403 || code === "agent-blocked") return EXIT.refused;
  // A label that is taken, a file that cannot be edited: what was asked for, not what went wrong.
  if (
    ["conflict", "not-erasable", "already-erased"].includes(code) ||
    status === 400 ||
    status === 404 ||
    status === 422
  )
    return EXIT.usage;
  return EXIT.failed;
}
