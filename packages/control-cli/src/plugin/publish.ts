import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataDirectory } from "@mimolo/operations/reading";
import {
  packPlugin,
  publish as publishPackage,
  readPluginFile,
  readTrust,
  type SigningKey,
} from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { canAsk, confirmed } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { makeFolders } from "../make-folders.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { placeText } from "../present/place-text.ts";
import { printable } from "../present/width.ts";
import { unbroken } from "../unbroken.ts";
import { otherVersion } from "./other-version.ts";
import { signingKeyFor } from "./signing-key.ts";

/** `mimolo plugin publish F|DIR --to DIR`: into a registry, made if need be. An author's folder is packed and signed on the way. */
export async function publish(call: Call<PluginOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  if (options.to === undefined || options.to === "") {
    const hint = "mimolo plugin publish F|DIR --to DIR: a registry is a folder, made if need be.";
    throw new CliError("usage", EXIT.usage, "where is it to be published?", hint);
  }
  const packagePath = resolve(surroundings.cwd, typed);
  const directory = resolve(surroundings.cwd, options.to);
  const sign = keyFor(call, packagePath);
  if (sign !== undefined && !(await isToBePublished(call, packagePath))) {
    output.note("Nothing was published.");
    return EXIT.failed;
  }
  makeRegistry(directory);
  const { keys } = readTrust(dataDirectory(dataDirOf(call)).trustFile);
  const report = await whileBusy(output, `publishing ${typed}`, () =>
    unbroken(surroundings, () => publishPackage({ packagePath, directory, sign, keys, env: surroundings.env })),
  );
  if (output.options.json) {
    await output.json(report);
    return EXIT.done;
  }
  const { plugin_id: id, version, key_id: keyId, sha256, path, index, changed } = report;
  const name = `${id} ${version}`;
  await output.print(
    changed ? `${output.colour("green", "Published:")} ${name}` : `${name} was published already, exactly as it is`,
    `  ${printable(placeText(surroundings.cwd, path))}`,
  );
  output.note(
    `  sha256     ${sha256}`,
    `  signed by  key ${keyId}`,
    `  listed in  ${printable(placeText(surroundings.cwd, index))}`,
    "",
    "Others have in their mimolo.toml (and your public key, by another way than this folder):",
    "  [registry]",
    `  sources = [${JSON.stringify(directory)}]`,
    "and type:",
    `  mimolo key trust ${keyId}.pub --scope ${id}`,
    `  mimolo plugin install ${id}`,
  );
  return EXIT.done;
}

/** A version that is published never changes: one that says another of itself is published only by somebody who means it. */
async function isToBePublished(call: Call<PluginOptions>, directory: string): Promise<boolean> {
  const { output, surroundings } = call;
  // What cannot be packed is told when it is published.
  const packed = await packPlugin({ directory, env: surroundings.env }).catch(() => null);
  const other = packed === null ? null : otherVersion(directory, packed.manifest);
  if (other === null) return true;
  output.warn(`${printable(other)}: rule JLP952 is broken, and what is published never changes`);
  return !canAsk(call) || (await confirmed("Publish it all the same?"));
}

function makeRegistry(directory: string): void {
  try {
    makeFolders(directory);
  } catch (cause) {
    const message = `${directory} cannot be made: ${(cause as Error).message}`;
    throw new CliError("registry-unwritable", EXIT.failed, message, "Name another folder with --to.", { cause });
  }
}

/** For an author's folder, which is no package yet; its id decides which key may sign. */
function keyFor(call: Call<PluginOptions>, folder: string): SigningKey | undefined {
  const file = join(folder, "plugin.toml");
  if (!existsSync(file) || existsSync(join(folder, "mimolo-plugin.json"))) return undefined;
  const read = readPluginFile(file);
  // What is wrong with it, packing says with its place.
  return read.ok ? signingKeyFor(call, read.author.id) : undefined;
}
