/** An agent to measure with. */
export interface AgentCommand {
  readonly label: string;
  readonly executable: string;
  readonly args: readonly string[];
}

/** So many native agents that do as `args` say. */
export function nativeAgents(
  executable: string,
  count: number,
  args: readonly string[],
  prefix = "agent",
): AgentCommand[] {
  return Array.from({ length: count }, (_, i) => ({ label: `${prefix}_${i}`, executable, args }));
}
