import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { jsonIn } from "../parse/json.ts";
import { whileBusy } from "../present/busy.ts";
import { resultLines } from "../present/plain-result.ts";

const LONGEST_MS = 300_000;

/** `mimolo plugin invoke ID INTERFACE METHOD`: asks a plugin behind one of its interfaces. Exit code 1 when it fails, 3 without a
 *  collector, 4 when it may not do what it needs. */
export async function invoke(call: Call<PluginOptions>, words: readonly string[]): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const [id = "", name = "", method = ""] = words;
  const read = (written: string | undefined, what: string) =>
    written === undefined ? {} : { [what]: jsonIn(written, `--${what}`, surroundings.cwd) };
  const body = {
    interface: name,
    method,
    ...read(options.params, "params"),
    ...read(options.context, "context"),
    ...(options.label === undefined ? {} : { label: options.label }),
    ...timeoutOf(options),
  };
  const client = await clientOf(call);
  const asking = () => client.post("/plugins/{id}/invoke", { path: { id }, body });
  const report = await whileBusy(output, `asking ${id}`, asking);
  if (output.options.json) await output.json(report);
  else await output.print(...resultLines(report.data));
  return EXIT.done;
}

function timeoutOf({ timeout }: Pick<PluginOptions, "timeout">): { timeout_ms?: number } {
  if (timeout === undefined) return {};
  if (timeout >= 1 && timeout <= LONGEST_MS) return { timeout_ms: timeout };
  throw new CliError("usage", EXIT.usage, "--timeout lies outside of 1 ms to 5 m", "Try --timeout 30s.");
}
