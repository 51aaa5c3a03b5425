import { CliError, EXIT } from "../error.ts";

/** The agent's command cannot be started; `cause` says why. A path was not built as often as it was misspelt. */
export function missingCommand(command: string, cause: Error): CliError {
  const asked = /[\\/]/.test(command) ? "Is it spelt right, and is it built?" : "Is it spelt right?";
  const hint = `${asked} What is no program of its own needs one to run it: -- python3 agent.py`;
  return new CliError("missing-executable", EXIT.usage, cause.message, hint, { cause });
}
