import { ConfigError } from "../../config/index.ts";
import { CollectorError } from "../../error.ts";
import { ProblemError } from "./problem.ts";

/** What the collector threw, as what a route throws; everything else as it came. */
export function ours(error: unknown): unknown {
  if (error instanceof CollectorError) return asProblem(error);
  if (!(error instanceof ConfigError)) return error;
  const all = error.problems.map(({ message }) => message).join("\n");
  // The rule of the configuration goes along: there are many, and the code is one of few.
  const code = error.code === "needs-consent" ? "forbidden" : "invalid-parameter";
  return new ProblemError(code, all, error.hint, error.code);
}

function asProblem(error: CollectorError): ProblemError {
  switch (error.code) {
    case "unknown-agent":
      return new ProblemError("unknown-agent", error.message, error.hint);
    case "blocked":
      return new ProblemError("agent-blocked", error.message, error.hint);
    case "shutting-down":
      return new ProblemError("shutting-down", error.message, error.hint);
    case "invalid-correction":
    case "unknown-record":
    case "not-erasable":
    case "already-erased":
      return new ProblemError(error.code, error.message, error.hint);
    case "evidence-not-intact":
      return new ProblemError("evidence-not-intact", error.message, error.hint);
    case "label-taken":
    case "no-config-file":
    case "not-editable":
      return new ProblemError("conflict", error.message, error.hint, error.code);
    case "unknown-plugin":
    case "missing-executable":
    case "not-executable":
    case "not-set":
      return new ProblemError("invalid-parameter", error.message, error.hint, error.code);
    case "refused-by-trust":
    case "needs-consent":
    case "bad-package":
    case "not-allowable":
    case "bad-grant":
    case "bad-key":
    case "unknown-key":
    case "trust-unreadable":
    case "dependency":
    case "bad-setting":
    case "not-offered":
    case "rolled-back":
    case "plugin-failed":
    case "timed-out":
    case "no-widget":
    case "command-not-taken":
    case "too-many-requests":
    case "no-handler":
    case "loop":
    case "invalid-parameter":
      return new ProblemError(error.code, error.message, error.hint, error.reason);
    case "unknown-artifact":
    case "unknown-token":
    case "artifact-missing":
    case "artifact-too-large":
    case "altered":
    case "purged":
    case "unknown-archive":
    case "unknown-plan":
    case "no-artifact-interface":
      return new ProblemError(error.code, error.message, error.hint, error.reason);
    case "artifact-conflict":
      return new ProblemError("conflict", error.message, error.hint, error.code);
    case "archived_data_rehydrate_required":
      return new ProblemError(error.code, error.message, error.hint, undefined, error.reason);
    case "not-installed":
      return new ProblemError("unknown-plugin", error.message, error.hint);
    case "invalid-params":
      return new ProblemError("invalid-parameter", error.message, error.hint, error.code);
    case "too-large":
      return new ProblemError("body-too-large", error.message, error.hint);
    case "not-running":
    case "wrong-state":
      return new ProblemError("agent-not-running", error.message, error.hint);
    default:
      return new ProblemError("internal", error.message, error.hint);
  }
}
