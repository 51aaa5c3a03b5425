import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { inspected } from "./inspected.ts";
import { verdictLines } from "../present/inspection.ts";

/** `mimolo plugin verify F`: whether that package would be trusted here; exit code 4 when not. Changes nothing. */
export async function verify(call: Call<PluginOptions>, [path = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const found = await inspected(call, path);
  const { verdict, digest, keyId } = found;
  if (output.options.json) await output.json({ verdict, manifest_sha256: digest, key_id: keyId });
  else await output.print(...verdictLines(found, output.colour));
  return verdict === "trusted" ? EXIT.done : EXIT.refused;
}
