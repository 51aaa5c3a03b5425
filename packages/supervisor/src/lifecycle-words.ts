import type { AgentState, Why } from "./lifecycle-state.ts";

/** True while its agent is sent commands. */
export function isTalkedTo(name: AgentState): boolean {
  return name === "handshaking" || name === "running";
}

/** A cause for people: a kebab-case word, then a phrase where there is more to say. */
export function phrase({ cause, detail }: Why): string {
  return detail === undefined ? cause : `${cause}: ${detail}`;
}
