import { join } from "node:path";
import { dayHolds } from "./day-holds.ts";
import { LedgerError } from "./ledger-error.ts";
import { sealName } from "./part-name.ts";
import { partSum } from "./part-sum.ts";
import type { FileSystem } from "./ports.ts";
import { readText } from "./read-text.ts";
import { encodeSeal, parseSeal, type Seal } from "./seal.ts";
import { type FileSigner, putSeal } from "./sealer.ts";
import type { ErasureReader } from "./verify-parts.ts";

interface RenewOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly collectorId: string;
  readonly signFile: FileSigner | undefined;
  readonly erasureOf: ErasureReader | undefined;
}

/** Whether a day is what its seal says; an unsealed one is. */
export async function isAsSealed({ fileSystem, directory }: RenewOptions, day: string): Promise<boolean> {
  const text = await readText(fileSystem, join(directory, sealName(day)));
  if (text === null) return true;
  const seal = parseSeal(text);
  if (seal === null) return false;
  const now = await resealed({ fileSystem, directory }, seal);
  return now !== null && encodeSeal(now) === text;
}

/** Gives a sealed day the seal of what its files are now, and keeps the old one as `….seal.1`, `….seal.2` and so on, with its
 *  signature. Again after a crash at any point comes to the same. What is not as it was committed is never signed: the old
 *  seal stays, and shows it. */
export async function renewSeal(options: RenewOptions, day: string): Promise<void> {
  const { fileSystem, directory, signFile } = options;
  const path = join(directory, sealName(day));
  const text = await readText(fileSystem, path);
  const seal = parseSeal(text ?? "");
  if (text === null || seal === null) return;
  const now = await resealed(options, seal);
  const fresh = now === null ? text : encodeSeal(now);
  if (fresh === text || !(await dayHolds(options, day))) return;
  if (signFile === undefined) throw new LedgerError("damaged", `${path} cannot be renewed without a key to sign it.`);
  await keep(fileSystem, directory, day, text);
  await putSeal({ ...options, signFile }, day, fresh);
}

async function resealed(
  { fileSystem, directory }: Pick<RenewOptions, "fileSystem" | "directory">,
  seal: Seal,
): Promise<Seal | null> {
  const files = new Map<string, string>();
  const erased: number[] = [];
  for (const name of seal.files.keys()) {
    const sum = await partSum(fileSystem, directory, name);
    if (sum === null) return null;
    files.set(name, sum.sha256);
    erased.push(...sum.blank);
  }
  return { ...seal, files, erased: erased.toSorted((a, b) => a - b) };
}

/** The signature is copied before the seal, and only replaced once both copies are there. */
async function keep(fileSystem: FileSystem, directory: string, day: string, text: string): Promise<void> {
  const name = sealName(day);
  const names = await fileSystem.list(directory);
  let number = 1;
  while (names.includes(`${name}.${number}`)) number += 1;
  const last = await readText(fileSystem, join(directory, `${name}.${number - 1}`));
  if (last === text) return;
  const signature = await readText(fileSystem, join(directory, `${name}.minisig`));
  await fileSystem.replace(join(directory, `${name}.${number}.minisig`), Buffer.from(signature ?? ""));
  await fileSystem.replace(join(directory, `${name}.${number}`), Buffer.from(text));
}
