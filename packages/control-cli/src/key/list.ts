import type { Call } from "../call.ts";
import type { KeyOptions } from "./key-options.ts";
import { readKeys } from "../desk/reading.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { keyLines } from "../present/keys.ts";

/** `mimolo key list`: who may vouch for what. */
export async function listKeys(call: Call<KeyOptions>): Promise<ExitCode> {
  const { output, surroundings } = call;
  const keys = readKeys(call);
  if (output.options.json) await output.json({ keys });
  else await output.print(...keyLines(keys, surroundings.nowMs(), output.colour));
  return EXIT.done;
}
