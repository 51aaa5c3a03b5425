import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";

/** Whether somebody sits at a terminal and may be asked. */
export function canAsk({ output, surroundings }: Pick<Call, "output" | "surroundings">): boolean {
  return surroundings.stdin.isTTY === true && output.isTerminal && !output.options.json;
}

/** Asks for a yes, which has to be chosen; Ctrl-C is a no. Call it only where `canAsk`. */
export async function confirmed(message: string): Promise<boolean> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message, initialValue: false });
  return !isCancel(answer) && answer;
}

/** What is said instead of a question where there is nobody to ask: exit code 4. */
export function noTerminal(question: string, hint: string): CliError {
  return new CliError("no-terminal", EXIT.refused, `there is no terminal to ask at ${question}`, hint);
}
