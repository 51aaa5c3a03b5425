import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RulesTestReport } from "@mimolo/protocol";
import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { asNextRun } from "../plugin/as-next-run.ts";
import { triedRuleLines } from "../present/rules.ts";
import { exampleEvent } from "./example-event.ts";

const CLOSED = { source: "segment", event: "closed", data: { duration_s: 1800 } };

/** `mimolo rules test EVENT`: what each rule would do at that; does nothing. */
export async function testRules(call: Call, [written = ""]: readonly string[]): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const client = options.config === undefined ? await clientIfRunning(call) : null;
  const read = eventIn(written, surroundings.cwd);
  if (typeof read === "string") throw new CliError("usage", EXIT.usage, read, await forInstance(call, client));
  const { event } = read;
  const report: RulesTestReport =
    client === null
      ? (await import("@mimolo/operations")).tryIdleRules(asNextRun(call), event, surroundings.nowMs())
      : await client.post("/rules/test", { body: { event } });
  if (output.options.json) await output.json(report);
  else await output.print(...triedRuleLines(report, output.colour));
  return EXIT.done;
}

/** A line that works here: the event that the first rule waits for. */
async function forInstance(call: Call, client: Awaited<ReturnType<typeof clientIfRunning>>): Promise<string> {
  const { rules } =
    client === null
      ? (await import("@mimolo/operations")).idleRules(asNextRun(call))
      : { rules: (await client.get("/rules")).rules };
  const [first] = rules;
  return `mimolo rules test ${shellWord(JSON.stringify(first === undefined ? CLOSED : exampleEvent(first)))}`;
}

/** JSON, or a file that holds some; a sentence for what is no event. */
function eventIn(written: string, cwd: string): { readonly event: object } | string {
  const text = written.startsWith("@") ? textOf(resolve(cwd, written.slice(1))) : written;
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === "object" && event !== null && !Array.isArray(event)
      ? { event }
      : "an event is a JSON object";
  } catch (error) {
    return `the event is no JSON: ${(error as Error).message}`;
  }
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
