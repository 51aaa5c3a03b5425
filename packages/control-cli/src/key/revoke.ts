import type { Call } from "../call.ts";
import type { KeyOptions } from "./key-options.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { printable } from "../present/width.ts";

/** `mimolo key revoke KEY_ID`: what the key signed runs no more, here and now. */
export async function revokeKey(call: Call<KeyOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const { why } = call.options;
  const keyId = typed.toUpperCase();
  const key = await throughDesk(call, (desk) => desk.revokeKey({ keyId, why, by: BY }));
  if (output.options.json) await output.json(key);
  else {
    output.note(
      `Key ${key.key_id} (${printable(key.label)}) is revoked: nothing it signed is trusted any more.`,
      "  Agents that run by it are stopped within 10 s and stay blocked; `mimolo status` shows them.",
    );
  }
  return EXIT.done;
}
