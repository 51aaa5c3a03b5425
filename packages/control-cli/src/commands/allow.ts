import { resolve } from "node:path";
import type { AllowReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { grantNames, withSpilledWord } from "../consent/grants.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { allowedLines } from "../present/allowed.ts";
import { unconfinedHere } from "../present/unconfined.ts";

export interface AllowOptions {
  readonly grant?: readonly string[];
}

/** `mimolo allow PATH`: is the consent itself, so it asks nothing and says what it means. */
export async function allow(given: Call<AllowOptions>): Promise<ExitCode> {
  const call = withSpilledWord(given, 1);
  const { output, surroundings } = call;
  const [typed] = call.arguments;
  if (typed === undefined || typed === "") {
    // Often `mimolo allow "$UNSET"`: this folder would be a surprise.
    const hint = "mimolo allow ./my-agent.py, or for this folder's mimolo.toml: mimolo allow .";
    throw new CliError("usage", EXIT.usage, typed === "" ? "the path is empty" : "what is to be allowed?", hint);
  }
  const path = resolve(surroundings.cwd, typed);
  const grants = grantNames(call.options.grant ?? []);
  const report: AllowReport = await throughDesk(call, (desk) => desk.allow({ path, grants, by: BY }));
  if (output.options.json) {
    await output.json(report);
    return EXIT.done;
  }
  const [first = "", ...more] = allowedLines(report, output.colour, output.columns);
  await output.print(first);
  output.note(...more);
  for (const note of report.notes) output.warn(note);
  const unconfined = report.kind === "script" ? unconfinedHere(call) : null;
  if (unconfined !== null) output.warn(unconfined);
  return EXIT.done;
}
