import { resolve } from "node:path";
import { openPackage, signPackage } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { printable } from "../present/width.ts";
import { refuseUnpacked } from "./unpacked.ts";
import { unbroken } from "../unbroken.ts";
import { signingKeyFor } from "./signing-key.ts";

/** `mimolo plugin sign F|DIR`: with the newest key of one's own that may vouch for it. */
export async function sign(call: Call<PluginOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const path = resolve(call.surroundings.cwd, typed);
  refuseUnpacked(path, typed);
  const id = await idOf(path, typed);
  const key = signingKeyFor(call, id);
  const signed = await whileBusy(output, `signing ${typed}`, () =>
    unbroken(call.surroundings, () => signPackage({ path, key })),
  );
  if (output.options.json) {
    await output.json({
      path,
      plugin_id: signed.manifest.id,
      version: signed.manifest.version,
      manifest_sha256: signed.digest,
      key_id: key.keyId,
    });
  } else output.note(`${printable(typed)} (${id} ${signed.manifest.version}) is signed with key ${key.keyId}.`);
  return EXIT.done;
}

async function idOf(path: string, shown: string): Promise<string> {
  const found = await openPackage(path);
  try {
    if (found.manifest !== null) return found.manifest.id;
    const hint = "Make the package anew with `mimolo plugin pack`.";
    throw new CliError("bad-manifest", EXIT.usage, `${shown}: ${found.manifestProblem ?? "no manifest"}`, hint);
  } finally {
    found.close();
  }
}
