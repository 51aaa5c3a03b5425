import { agents as builtins } from "@mimolo/agents";
import { type Collector, createCollector, dataDirectory, registerHere } from "@mimolo/operations";
import type { RegisterReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { makeFolders } from "../make-folders.ts";
import { dataDirOf } from "../place.ts";
import { shownError } from "../present/error.ts";
import { registerLines } from "../present/register.ts";
import { type RunSettings, runSettings } from "../run/settings.ts";

type Problems = RegisterReport["problems"];

/** `mimolo register`: what the running collector knows, else what the configuration and the built-in agents say. */
export async function register(call: Call): Promise<ExitCode> {
  const { output } = call;
  makeDevFolder(call);
  const report = await knownPlugins(call);
  if (output.options.json) await output.json(report);
  else await output.print(...registerLines(report, output.colour));
  return EXIT.done;
}

/** Whoever asks which plugins are here has a place to put one. */
function makeDevFolder(call: Call): void {
  try {
    makeFolders(dataDirectory(dataDirOf(call)).devPlugins, 0o700);
  } catch {
    // It says what is known all the same; a collector would say what is wrong with the folder.
  }
}

/** Every plugin known here, by whoever knows. */
export async function knownPlugins(call: Call): Promise<RegisterReport> {
  return (await fromCollector(call)) ?? (await fromFiles(call));
}

async function fromCollector(call: Call): Promise<RegisterReport | null> {
  const client = await clientIfRunning(call);
  if (client === null) return null;
  const { plugins, problems } = await client.get("/plugins");
  return { plugins, problems };
}

async function fromFiles(call: Call): Promise<RegisterReport> {
  const settings = runSettings(call, builtins, { look: true });
  const { plans, problems } = await planned(call, settings);
  const report = registerHere({
    plans,
    builtins,
    directory: dataDirectory(dataDirOf(call)),
    paths: settings.config.registry.paths,
    cwd: call.surroundings.cwd,
    nowMs: call.surroundings.nowMs(),
  });
  return { plugins: report.plugins, problems: [...problems, ...report.problems] };
}

type Plans = Collector["plans"];

/** All labels at once, since some need others; where one is wrong, each for itself, so that it hides no other. */
async function planned(call: Call, settings: RunSettings): Promise<{ plans: Plans; problems: Problems }> {
  try {
    return { plans: (await collectorOf(call, settings)).plans, problems: [] };
  } catch {
    const plans = new Map<string, Plans[number]>();
    const problems: Problems = [];
    for (const label of Object.keys({ ...settings.config.plugins, ...settings.plugins })) {
      const one = await planOne(call, settings, label);
      if ("problem" in one) problems.push(one.problem);
      else for (const plan of one.plans) plans.set(plan.label, plan);
    }
    return { plans: [...plans.values()], problems };
  }
}

function collectorOf(call: Call, { config, plugins }: RunSettings): Promise<Collector> {
  const { cwd, env } = call.surroundings;
  return createCollector({ dataDir: dataDirOf(call), builtins, config, plugins, cwd, env: { ...env } });
}

/** One label alone, or what is wrong with it. */
async function planOne(
  call: Call,
  settings: RunSettings,
  label: string,
): Promise<Pick<Collector, "plans"> | { problem: Problems[number] }> {
  const configured = settings.config.plugins[label];
  const added = settings.plugins[label];
  try {
    return await collectorOf(call, {
      config: { ...settings.config, plugins: configured === undefined ? {} : { [label]: configured } },
      plugins: added === undefined ? {} : { [label]: added },
    });
  } catch (error) {
    const { code, message, hint } = shownError(error);
    const from = configured?.from;
    const line = from?.line;
    return {
      problem: {
        path: from?.file ?? label,
        code,
        message: `${message}; ${hint}`,
        ...(line === undefined ? {} : { line }),
      },
    };
  }
}
