import { existsSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { agents as builtins } from "@mimolo/agents";
import { type StarterAgent, starterConfig } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { makeFolders } from "../make-folders.ts";
import { starterOf } from "../run/first-config.ts";

export interface InitOptions {
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** `mimolo init`: writes a commented configuration. Asks only at a terminal, replaces nothing without `--force`. */
export async function init(call: Call<InitOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const file = resolve(surroundings.cwd, options.config ?? "mimolo.toml");
  const shown = relative(surroundings.cwd, file) || file;
  const watching = builtins.filter(({ type }) => type === "agent");
  const usual = watching.filter(({ by_default: byDefault }) => byDefault === true).map(starterOf);
  const force = options.force === true;
  if (!force && existsSync(file)) throw alreadyThere(shown);
  const asks = surroundings.stdin.isTTY === true && output.isTerminal && options.yes !== true && !output.options.json;
  const agents = asks ? await ask(watching.map(starterOf), usual) : usual;
  if (agents === null) {
    output.note("Nothing was written.");
    return EXIT.interrupted;
  }
  const named = builtins.filter(({ runs_commands: runsCommands }) => runsCommands !== true);
  const others = named.map(starterOf).filter(({ label }) => !agents.some((agent) => agent.label === label));
  write(file, shown, starterConfig(agents, others), force);
  if (output.options.json) await output.json({ path: file, agents: agents.map((agent) => agent.label) });
  else {
    await output.print(`Wrote ${shown}`);
    output.note("  `mimolo run --dry-run` checks it, `mimolo run` goes by it.");
  }
  return EXIT.done;
}

function write(file: string, shown: string, text: string, force: boolean): void {
  try {
    makeFolders(dirname(file));
    writeFileSync(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw alreadyThere(shown);
    const why = code === "ENOENT" ? "no folder can be made there" : message;
    const hint = "Write it somewhere else: mimolo init --config FILE";
    throw new CliError("usage", EXIT.failed, `cannot write ${shown}: ${why}`, hint, { cause: error });
  }
}

function alreadyThere(shown: string): CliError {
  return new CliError(
    "file-exists",
    EXIT.failed,
    `${shown} is already there; nothing was changed`,
    "Replace it with `mimolo init --force`, or write another with --config other.toml.",
  );
}

/** Which agents to begin with; `null` when the person backed out. */
async function ask(
  starters: readonly StarterAgent[],
  usual: readonly StarterAgent[],
): Promise<readonly StarterAgent[] | null> {
  const { isCancel, multiselect } = await import("@clack/prompts");
  const chosen = await multiselect({
    message: "Which agents should watch?",
    options: starters.map(({ label, description }) => ({ value: label, label, hint: description })),
    initialValues: usual.map(({ label }) => label),
    required: false,
  });
  if (isCancel(chosen)) return null;
  return starters.filter(({ label }) => chosen.includes(label));
}
