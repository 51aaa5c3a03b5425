import type { Call } from "../call.ts";
import type { KeyOptions } from "./key-options.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { printable } from "../present/width.ts";
import { labelOrName, scopeOr } from "./scope.ts";

/** `mimolo key new`: a key of one's own, pinned for its scope. */
export async function newKey(call: Call<KeyOptions>): Promise<ExitCode> {
  const { output } = call;
  const scope = scopeOr(call.options.scope);
  const label = labelOrName(call.options.label, call.surroundings.env);
  const made = await throughDesk(call, (desk) => desk.newKey({ label, scope, by: BY }));
  const { key_id, public_key, path } = made;
  if (output.options.json) {
    await output.json({ key_id, public_key, label: made.label, scope: made.scope, path });
    return EXIT.done;
  }
  await output.print(
    `Key ${output.colour("bold", key_id)} (${printable(made.label)}) may vouch for: ${made.scope.join(", ")}`,
    `  public key   ${public_key}`,
    `  public file  ${path.replace(/\.key$/, ".pub")}`,
    `  secret file  ${path}`,
  );
  output.note(
    "",
    "`mimolo plugin pack DIR --sign` signs with it. Give others the public file, keep the secret one:",
    "it has no passphrase, and whoever has it can sign in your name.",
  );
  return EXIT.done;
}
