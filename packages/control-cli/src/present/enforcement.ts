import type { AgentStatus } from "@mimolo/protocol";

type Held = Pick<AgentStatus, "label" | "state" | "granted" | "enforced" | "unenforced">;

/** For every agent that may run what of its limits is only declared; agents alike share a line. */
export function unheldLines(agents: readonly Held[]): string[] {
  const byWhat = new Map<string, string[]>();
  for (const { label, state, unenforced } of agents) {
    if (state === "blocked" || unenforced.length === 0) continue;
    const what = unenforced.join(", ");
    byWhat.set(what, [...(byWhat.get(what) ?? []), label]);
  }
  if (byWhat.size === 0) return [];
  return [
    "",
    "Declared, but not enforced here:",
    ...[...byWhat].map(
      ([what, labels]) => `  ${what} (${labels.length === agents.length ? "all" : labels.join(", ")})`,
    ),
  ];
}

/** Per agent what it may touch, and what holds it to that. */
export function enforcementLines(agents: readonly Held[]): string[] {
  const list = (names: readonly string[]) => (names.length === 0 ? "nothing" : names.join(", "));
  return agents.flatMap(({ label, granted, enforced, unenforced }) => [
    "",
    label,
    `  granted       ${list(granted)}`,
    `  enforced      ${list(enforced)}`,
    `  not enforced  ${list(unenforced)}`,
  ]);
}
