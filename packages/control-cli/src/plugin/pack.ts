import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { packPlugin, readPluginFile, shellWord, type SigningKey } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { printable, widthOf } from "../present/width.ts";
import { sizeText } from "../present/size.ts";
import { unbroken } from "../unbroken.ts";
import { otherVersion } from "./other-version.ts";
import { signingKeyFor } from "./signing-key.ts";

/** More are only counted. */
const MOST_NAMED = 20;

/** `mimolo plugin pack DIR`: the package of a folder with a plugin.toml; the same folder gives the same bytes. */
export async function pack(call: Call<PluginOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const directory = resolve(surroundings.cwd, typed);
  const sign = options.sign === true ? keyFor(call, directory) : undefined;
  const packed = await whileBusy(output, `packing ${typed}`, () =>
    packPlugin({ directory, env: surroundings.env, ...(sign === undefined ? {} : { sign }) }),
  );
  const path = placeFor(call, packed.fileName);
  await unbroken(surroundings, () => writeWhole(path, packed.bytes));
  const { manifest, digest, bytes } = packed;
  for (const each of packed.warnings) output.warn(printable(each));
  const other = otherVersion(directory, manifest);
  if (other !== null) output.warn(`${printable(other)}: raise it there, too, or rule JLP952 is broken`);
  if (output.options.json) {
    await output.json({
      path,
      plugin_id: manifest.id,
      version: manifest.version,
      manifest_sha256: digest,
      key_id: sign?.keyId ?? null,
      size_bytes: bytes.length,
      files: manifest.files.length,
    });
    return EXIT.done;
  }
  const shown = relative(surroundings.cwd, path);
  const file = shown.startsWith("..") ? path : shown;
  const files = manifest.files.length === 1 ? "1 file" : `${manifest.files.length} files`;
  await output.print(
    file,
    `  ${manifest.id} ${manifest.version}, ${files}, ${sizeText(bytes.length)}`,
    ...fileLines(manifest.files, output.columns),
    `  sha256 of its manifest  ${digest}`,
    sign === undefined ? "  not signed: nobody can install it yet" : `  signed with key ${sign.keyId}`,
  );
  if (sign === undefined) output.note(`  mimolo plugin sign ${shellWord(file)}`);
  return EXIT.done;
}

/** The files by name while they are few, so that one that strayed in is seen before it is signed. */
function fileLines(files: readonly { readonly path: string }[], columns: number): string[] {
  if (files.length > MOST_NAMED) return [];
  const lines: string[] = [];
  for (const { path } of files) {
    const name = printable(path);
    const line = lines.at(-1);
    const longer = `${line ?? ""}  ${name}`;
    if (line === undefined || widthOf(longer) > columns) lines.push(`  ${name}`);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The id stands in the author's file, and decides which key may sign. */
function keyFor(call: Call<PluginOptions>, directory: string): SigningKey | undefined {
  const read = readPluginFile(join(directory, "plugin.toml"));
  // What is wrong with it, packing says with its place.
  return read.ok ? signingKeyFor(call, read.author.id) : undefined;
}

function placeFor({ options, surroundings }: Call<PluginOptions>, fileName: string): string {
  if (options.out === "") {
    throw new CliError("usage", EXIT.usage, "--out is empty", "Name a file or a folder, or leave the option out.");
  }
  const path = resolve(surroundings.cwd, options.out ?? fileName);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, fileName) : path;
}

/** Whole or not at all: half a package under its final name would only be refused later, far from here. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString("hex")}.new`;
  try {
    await writeFile(fresh, bytes, { flag: "wx" });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
