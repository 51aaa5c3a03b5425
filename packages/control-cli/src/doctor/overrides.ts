import type { DataDirectory, Overrides } from "@mimolo/operations";
import { type Check, ok, warning } from "./check.ts";

/** What was changed while a collector ran: whether it can be read, and how much of it there is. */
export function checkOverrides({ overrides: file }: Pick<DataDirectory, "overrides">, kept: Overrides): Check {
  if (kept.fault !== null) {
    return warning(
      "overrides",
      kept.fault,
      `Mend it, or let it go: what it said no longer counts. mv '${file}' '${file}.old'`,
    );
  }
  const { plugins = {}, agents = {} } = kept.current;
  const told = [counted(Object.keys(plugins).length, "plugin"), counted(Object.keys(agents).length, "agent")];
  const none = Object.keys(plugins).length + Object.keys(agents).length === 0;
  return ok("overrides", none ? "nothing was changed while it ran" : `changed while it ran: ${told.join(" and ")}`);
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
