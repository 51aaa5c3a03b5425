// Why plugins cannot have what they need, in words for people.
import { type AllowPlace, enableCommand, installCommand } from "../../allow-command.ts";
import type { DependencyFault } from "./plugin-needs.ts";

/** One for each plugin: the first cause and what helps, and what else there is. */
export function unmetSentences(faults: readonly DependencyFault[], place: AllowPlace): ReadonlyMap<string, string> {
  const byId = new Map<string, string>();
  for (const fault of faults) {
    const before = byId.get(fault.id);
    const help = helpFor(fault, place);
    byId.set(fault.id, before === undefined ? `${fault.message}${help}` : `${before}; and ${fault.message}${help}`);
  }
  return byId;
}

function helpFor({ code, path, range }: DependencyFault, place: AllowPlace): string {
  const last = path.at(-1) ?? "";
  switch (code) {
    case "missing":
    case "conflict":
      return `; ${installCommand(range === undefined || range === "*" ? last : `${last}@${range}`, place)}`;
    case "disabled":
      return `; ${enableCommand(last, place)}`;
    case "cycle":
      return "; one of them has to do without: tell its author";
    case "unusable":
      // Why it may not run says what helps.
      return "";
  }
}
