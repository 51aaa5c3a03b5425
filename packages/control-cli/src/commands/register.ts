import { agents as builtins } from "@mimolo/agents";
import { type Collector, createCollector, dataDirectory, registerHere } from "@mimolo/operations";
import type { RegisterReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { clientIfRunning, dataDirOf } from "../place.ts";
import { shownError } from "../present/error.ts";
import { registerLines } from "../present/register.ts";
import { type RunSettings, runSettings } from "../run/settings.ts";

type Problems = RegisterReport["problems"];

/** `mimolo register`: what the running collector knows, else what the configuration and the built-in agents say. */
export async function register(call: Call): Promise<ExitCode> {
  const { output } = call;
  const report = await knownPlugins(call);
  if (output.options.json) await output.json(report);
  else await output.print(...registerLines(report, output.colour));
  return EXIT.done;
}

/** Every plugin known here, by whoever knows. */
export async function knownPlugins(call: Call): Promise<RegisterReport> {
  return (await fromCollector(call)) ?? (await fromFiles(call));
}

async function fromCollector(call: Call): Promise<RegisterReport | null> {
  const client = await clientIfRunning(call);
  if (client === null) return null;
  const { plugins, problems } = await client.get<RegisterReport>("/plugins");
  return { plugins, problems };
}

async function fromFiles(call: Call): Promise<RegisterReport> {
  const settings = runSettings(call, builtins, { look: true });
  const plans: Collector["plans"][number][] = [];
  const problems: Problems = [];
  for (const label of Object.keys({ ...settings.config.plugins, ...settings.plugins })) {
    const planned = await planOne(call, settings, label);
    if ("problem" in planned) problems.push(planned.problem);
    else plans.push(...planned.plans);
  }
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

/** One label at a time, so that one bad entry hides no other. */
async function planOne(
  call: Call,
  settings: RunSettings,
  label: string,
): Promise<Pick<Collector, "plans"> | { problem: Problems[number] }> {
  const configured = settings.config.plugins[label];
  const added = settings.plugins[label];
  try {
    return await createCollector({
      dataDir: dataDirOf(call),
      builtins,
      config: { ...settings.config, plugins: configured === undefined ? {} : { [label]: configured } },
      plugins: added === undefined ? {} : { [label]: added },
      cwd: call.surroundings.cwd,
      env: call.surroundings.env,
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
