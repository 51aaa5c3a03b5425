import { resolve } from "node:path";
import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { clientAt } from "../client/client.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { printable } from "../present/width.ts";
import { commandFor } from "./first-screen.ts";
import type { RunOptions } from "./settings.ts";

/** The collector that has the data directory. */
export interface Holder {
  readonly pid: number;
  /** Of its socket, `null` while it has none. */
  readonly address: string | null;
  readonly http?: string;
}

/** Says that a collector runs here, and how to run what was asked for beside it. */
export async function sayRunning(call: Call<RunOptions>, { pid, address, http }: Holder): Promise<ExitCode> {
  const { output } = call;
  if (output.options.json) {
    await output.json({ already_running: true, pid, address, http: http ?? null });
    return EXIT.done;
  }
  await output.print(`already running (pid ${pid}, ${address ?? "no control socket"})`);
  const unstarted = await whatIsNotStarted(call, address);
  if (unstarted !== null) output.note(...besideLines(call, unstarted));
  if (http !== undefined) output.note(`  \`mimolo open\` shows its page, at ${http}.`);
  output.note("  `mimolo status` shows how it is doing; Ctrl-C where it runs stops it.");
  return EXIT.done;
}

/** What was asked for and the running collector does not do, `null` when nothing in particular was. */
async function whatIsNotStarted({ options, surroundings }: Call<RunOptions>, address: string | null) {
  if (options.config === undefined) return options.dev === true ? "developer mode" : null;
  if (options.dev !== true && address !== null) {
    const { files } = await clientAt(address)
      .get("/config")
      .catch(() => ({ files: [] as readonly string[] }));
    if (files.includes(resolve(surroundings.cwd, options.config))) return null;
  }
  return printable(options.config);
}

function besideLines(call: Call<RunOptions>, unstarted: string): string[] {
  const { options, surroundings } = call;
  const flags = [
    ...(options.dev === true ? ["--dev"] : []),
    ...(options.config === undefined ? [] : ["--config", shellWord(options.config)]),
  ];
  const command = commandFor(surroundings.env, besideFolder(call));
  return [
    `  Nothing of ${unstarted} was started. To run it beside, with evidence of its own:`,
    `    ${command(["run", ...flags].join(" "))}`,
    `    ${command("evidence -f")}   # in another terminal`,
  ];
}

/** A folder for a second collector's data; no package holds what begins with a dot. */
function besideFolder(call: Call<RunOptions>): string {
  const taken = dataDirOf(call);
  const free = [".mimolo", ".mimolo-2"].find((name) => resolve(call.surroundings.cwd, name) !== taken);
  return free ?? ".mimolo";
}
