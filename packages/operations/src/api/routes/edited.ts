import type { ConfigEdit } from "../../edit/config-editor.ts";
import { CollectorError } from "../../error.ts";
import { ProblemError } from "../problems/problem.ts";
import type { CollectorView } from "../view.ts";

/** An agent that did not come up by what was edited is told as one that does not run. */
export function asNotRunning(error: unknown): never {
  if (!(error instanceof CollectorError) || error.code !== "rolled-back") throw error;
  throw new ProblemError("agent-not-running", error.message, error.hint);
}

/** The agent as it is now, and how the change was taken; without a status when it is switched off. */
export function withAgent(view: CollectorView, label: string, edit: ConfigEdit) {
  const agent = view.status().agents.find((each) => each.label.toLowerCase() === label.toLowerCase());
  return { label, ...agent, reload: taken(edit) };
}

export function taken({ files, overruled, reload }: ConfigEdit) {
  return {
    outcome: reload?.outcome ?? "unchanged",
    message: reload?.message ?? "",
    files,
    at_next_start: reload?.diff?.atNextStart ?? [],
    blocked: reload?.blocked ?? [],
    overruled,
  };
}
