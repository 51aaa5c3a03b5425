import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parsePublicKey, parsePublicKeyFile } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { KeyOptions } from "./key-options.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { printable } from "../present/width.ts";
import { scopeOr } from "./scope.ts";

/** `mimolo key trust F`: pins somebody's public key for the ids of its scope, which is said aloud. */
export async function trustKey(call: Call<KeyOptions>, [file = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const publicKey = publicKeyIn(resolve(call.surroundings.cwd, file), file);
  const scope = scopeOr(call.options.scope);
  const label = call.options.label ?? basename(file, ".pub");
  const key = await throughDesk(call, (desk) => desk.trustKey({ publicKey, label, scope, source: "pinned", by: BY }));
  if (output.options.json) await output.json(key);
  else {
    await output.print(
      `Key ${output.colour("bold", key.key_id)} (${printable(key.label)}) is trusted for: ${key.scope.join(", ")}`,
    );
    output.note(
      ...(call.options.scope === undefined
        ? [`  Nothing else it signs is trusted. Wider: mimolo key trust ${file} --scope 'acme.*'`]
        : ["  Nothing else it signs is trusted."]),
      `  To take it back: mimolo key revoke ${key.key_id}`,
    );
  }
  return EXIT.done;
}

/** Line 2 of minisign's `.pub`; that line alone will do. */
function publicKeyIn(path: string, shown: string): string {
  const text = readFileSync(path, "utf8");
  const line = parsePublicKey(text.trim());
  const parsed = line.ok || line.code === "weak-key" ? line : parsePublicKeyFile(text);
  if (parsed.ok) return parsed.value.text;
  throw new CliError(
    "bad-key",
    EXIT.usage,
    `${shown} is no public key in minisign's format (${parsed.code})`,
    "Such a file has two lines, the second begins with RW; ask its owner for it again.",
  );
}
