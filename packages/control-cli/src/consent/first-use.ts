import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parsePublicKey, parsePublicKeyFile } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import type { Inspection } from "../plugin/inspected.ts";
import { wrap } from "../present/width.ts";

/** Asks whether to believe a key that signed a package and is not known here, and for which ids. `false`: no. Call it only
 *  where `canAsk`. */
export async function trustedAtFirstUse(call: Call, found: Inspection, path: string): Promise<boolean> {
  const { keyId, manifest } = found;
  if (keyId === null || manifest === null) return false;
  const [publisher = manifest.id] = manifest.id.split(".");
  const told = [
    `${manifest.id} ${manifest.version} is signed with key ${keyId}, which nobody has trusted here.`,
    "Compare it with what its author says in another place than the package: whoever has this key can sign what runs on this machine.",
  ];
  call.output.note(...told.flatMap((line) => wrap(line, call.output.columns)), "");
  const publicKey = keyBeside(path, keyId) ?? (await askedKey(keyId));
  if (publicKey === null) return false;
  const { isCancel, select } = await import("@clack/prompts");
  const scope = await select({
    message: "Trust it?",
    options: [
      { value: "", label: "no" },
      { value: manifest.id, label: `for ${manifest.id} alone` },
      ...(publisher === manifest.id ? [] : [{ value: `${publisher}.*`, label: `for all of ${publisher}.*` }]),
    ],
    initialValue: "",
  });
  if (isCancel(scope) || scope === "") return false;
  const label = manifest.author ?? publisher;
  await throughDesk(call, (desk) => desk.trustKey({ publicKey, label, scope: [scope], source: "first-use", by: BY }));
  return true;
}

/** Authors often put `minisign.pub` beside the package; its id is compared, its place proves nothing. */
function keyBeside(path: string, keyId: string): string | null {
  for (const name of readdirSync(dirname(path)).filter((each) => each.endsWith(".pub"))) {
    try {
      const parsed = parsePublicKeyFile(readFileSync(join(dirname(path), name), "utf8"));
      if (parsed.ok && parsed.value.keyId === keyId) return parsed.value.text;
    } catch {
      // A folder, or nobody's to read: not the key.
    }
  }
  return null;
}

/** The signature names the key only; the key itself has to come from its owner. */
async function askedKey(keyId: string): Promise<string | null> {
  const { isCancel, text } = await import("@clack/prompts");
  const answer = await text({
    message: "Its public key, as its author publishes it (begins with RW)",
    validate: (line) => {
      const parsed = parsePublicKey((line ?? "").trim());
      if (!parsed.ok) return "That is no public key of minisign.";
      return parsed.value.keyId === keyId ? undefined : `That is key ${parsed.value.keyId}, not ${keyId}.`;
    },
  });
  return isCancel(answer) ? null : answer.trim();
}
