import { statSync } from "node:fs";
import { join } from "node:path";
import { agents as builtins } from "@mimolo/agents";
import { dataDirectory, findRunning, type LoadedConfig, Overrides } from "@mimolo/operations";
import { holderOf } from "@mimolo/operations/reading";
import { knownHere } from "@mimolo/operations/trust";
import { probeSandbox } from "@mimolo/supervisor";
import type { Call } from "../call.ts";
import { clientAt } from "../client/client.ts";
import { type Check, failed, ok, warning } from "../doctor/check.ts";
import { checkPrivate, checkRoom, checkSocketPath, checkWritable } from "../doctor/folder.ts";
import { checkClock, checkGit, checkNode, checkSandbox, checkWatches } from "../doctor/machine.ts";
import { programsIn } from "../doctor/node-program.ts";
import { checkOverrides } from "../doctor/overrides.ts";
import { checkPlugins } from "../doctor/plugins.ts";
import { checkTrust } from "../doctor/trust.ts";
import { checkUpdates } from "../doctor/updates.ts";
import { previewRules } from "../doctor/privacy.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { registries } from "../plugin/registry.ts";
import type { Colour } from "../present/colour.ts";
import { shownError } from "../present/error.ts";
import { runSettings } from "../run/settings.ts";
import { knownPlugins } from "./register.ts";

export interface DoctorOptions {
  readonly privacy?: boolean;
}

/** `mimolo doctor`: this machine, checked; exit code 1 when something must be mended. With `--privacy` only the rules of the
 *  configuration that a start would load, tried on the last day. */
export async function doctor(call: Call<DoctorOptions>): Promise<ExitCode> {
  if (call.options.privacy === true) return previewRules(call, configOf(call, { look: true }));
  const { output, surroundings } = call;
  const directory = dataDirectory(dataDirOf(call));
  const run = programsIn(surroundings.cwd, surroundings.env);
  const { platform } = process;
  const checks: Check[] = [
    checkNode(process.versions.node),
    checkWritable(directory.root),
    checkPrivate(directory.root, directory.collectorKey, platform),
    checkTrust(directory, platform),
    checkRoom(directory.root),
    checkSocketPath(join(directory.control, "mimolo.sock"), platform),
    checkConfig(call),
    checkOverrides(directory, Overrides.open(directory.overrides)),
    await checked("plugins", async () => checkPlugins(await knownPlugins(call))),
    await checked("updates", async () => checkUpdates(await registries(call), knownHere(directory.root, builtins))),
    await checkCollector(directory.root),
    await checkGit(run),
    checkWatches(platform),
    checkSandbox(platform, probeSandbox({ env: surroundings.env })),
    checkClock(surroundings.nowMs(), modifiedMs(join(directory.evidence, "commits.jsonl"))),
  ];
  const good = checks.every((check) => check.state !== "failed");
  if (output.options.json) await output.json({ ok: good, checks });
  else await output.print(...checks.flatMap((check) => checkLines(check, output.colour)));
  return good ? EXIT.done : EXIT.failed;
}

function checkConfig(call: Call): Check {
  try {
    const config = configOf(call, { look: false });
    return ok(
      "config",
      config.files.length === 0 ? "no configuration: the built-in agents run" : config.files.join(", "),
    );
  } catch (error) {
    const { message, hint } = shownError(error);
    return failed("config", message, hint);
  }
}

/** What goes by the configuration is looked at once that can be read. */
async function checked(id: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    const { message, hint } = shownError(error);
    return warning(id, `cannot be looked at: ${message}`, hint);
  }
}

function configOf(call: Call, { look }: { readonly look: boolean }): LoadedConfig {
  return runSettings(call, builtins, { look }).config;
}

async function checkCollector(root: string): Promise<Check> {
  const running = await findRunning(root);
  if (running === null) return checkHolder(holderOf(root));
  try {
    await clientAt(running.socket).get("/health");
    const way = running.http === undefined ? "its socket only" : `its socket and ${running.http}`;
    return ok("collector", `runs (pid ${running.pid}), the API on ${way}`);
  } catch (error) {
    return warning(
      "collector",
      `pid ${running.pid} holds this folder but does not answer: ${shownError(error).message}`,
      `kill ${running.pid}`,
    );
  }
}

function checkHolder(pid: number | null): Check {
  if (pid === null) return ok("collector", "none runs on this folder; `mimolo run` starts one");
  return ok("collector", `pid ${pid} holds this folder and opens no API: an application's, or one that starts or ends`);
}

function checkLines(check: Check, colour: Colour): string[] {
  const mark = {
    ok: colour("green", "ok      "),
    warning: colour("yellow", "warning "),
    failed: colour("red", "failed  "),
  };
  const indent = " ".repeat(19);
  const [help, ...helpMore] = check.fix?.split("\n") ?? [];
  const fix =
    help === undefined
      ? []
      : [`${indent}${colour("dim", "→")} ${help}`, ...helpMore.map((line) => `${indent}  ${line}`)];
  const [first = "", ...more] = check.message.split("\n");
  return [`${mark[check.state]} ${check.id.padEnd(10)}${first}`, ...more.map((line) => `${indent}${line}`), ...fix];
}

function modifiedMs(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
