import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RulesTestReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { asNextRun } from "../plugin/as-next-run.ts";
import { triedRuleLines } from "../present/rules.ts";

const FOR_INSTANCE = `mimolo rules test '{"source": "segment", "event": "closed", "data": {"duration_s": 1800}}'`;

/** `mimolo rules test EVENT`: what each rule would do at that; does nothing. */
export async function testRules(call: Call, [written = ""]: readonly string[]): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const event = eventIn(written, surroundings.cwd);
  const client = options.config === undefined ? await clientIfRunning(call) : null;
  const report: RulesTestReport =
    client === null
      ? (await import("@mimolo/operations")).tryIdleRules(asNextRun(call), event, surroundings.nowMs())
      : await client.post("/rules/test", { body: { event } });
  if (output.options.json) await output.json(report);
  else await output.print(...triedRuleLines(report, output.colour));
  return EXIT.done;
}

/** JSON, or a file that holds some. */
function eventIn(written: string, cwd: string): object {
  const text = written.startsWith("@") ? textOf(resolve(cwd, written.slice(1))) : written;
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event === "object" && event !== null && !Array.isArray(event)) return event;
  } catch (error) {
    throw new CliError("usage", EXIT.usage, `the event is no JSON: ${(error as Error).message}`, FOR_INSTANCE);
  }
  throw new CliError("usage", EXIT.usage, "an event is a JSON object", FOR_INSTANCE);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(
      "usage",
      EXIT.usage,
      `cannot read ${file}: ${(error as Error).message}`,
      "Name a file with one event.",
    );
  }
}
