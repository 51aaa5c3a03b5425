import { asError } from "../../as-error.ts";
import { readPluginFolder } from "./plugin-folder.ts";
import {
  PLUGIN_SUITES,
  type PluginSuiteName,
  type PluginTestCase,
  type PluginTestOptions,
  type PluginTestReport,
  type PluginTestSuite,
} from "./plugin-test-report.ts";
import { openStand, type TestStand } from "./stand.ts";
import { compatibility } from "./suites/compatibility.ts";
import { integration } from "./suites/integration.ts";
import { performance as performanceSuite } from "./suites/performance.ts";
import { security } from "./suites/security.ts";
import { unit } from "./suites/unit.ts";
import { NotHere, type PluginCase } from "./plugin-case.ts";

const SUITES: Readonly<Record<PluginSuiteName, (stand: TestStand) => readonly PluginCase[]>> = {
  unit,
  integration,
  performance: performanceSuite,
  security,
  compatibility,
};

/** Tests the plugin in `dir` from outside, by its plugin.toml: in processes of its own, over the wire, each on a fresh folder, with a
 *  collector in miniature and without a sandbox. Never rejects for what the plugin does; a plugin that nobody could start
 *  fails. Takes some 10 s. */
export async function runPluginTests(dir: string, options: PluginTestOptions = {}): Promise<PluginTestReport> {
  const asked = options.suites ?? PLUGIN_SUITES;
  const unknown = asked.find((name) => !PLUGIN_SUITES.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`no suite is called ${unknown}; there are ${PLUGIN_SUITES.join(", ")}`);
  const folder = await readPluginFolder(dir, options);
  const suites: PluginTestSuite[] = [];
  for (const name of PLUGIN_SUITES.filter((each) => asked.includes(each))) {
    const suite = await runSuite(name, await openStand(folder, options));
    if (suite.cases.length + suite.skipped.length > 0) suites.push(suite);
  }
  return { ok: suites.length > 0 && suites.every(({ ok }) => ok), suites };
}

async function runSuite(name: PluginSuiteName, stand: TestStand): Promise<PluginTestSuite> {
  const cases: PluginTestCase[] = [];
  const skipped: { name: string; why: string }[] = [];
  try {
    const { only = "" } = stand.options;
    for (const each of SUITES[name](stand).filter((one) => one.name.includes(only))) {
      const startedMs = performance.now();
      const took = () => Math.round(performance.now() - startedMs);
      try {
        await each.run();
        cases.push({ name: each.name, ok: true, took_ms: took() });
      } catch (error) {
        if (error instanceof NotHere) skipped.push({ name: each.name, why: error.message });
        else cases.push({ name: each.name, ok: false, why: asError(error).message, took_ms: took() });
      }
      await stand.clear();
    }
  } finally {
    await stand.close();
  }
  return { name, ok: cases.length > 0 && cases.every(({ ok }) => ok), cases, skipped };
}
