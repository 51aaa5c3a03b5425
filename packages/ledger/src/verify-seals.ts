import { join } from "node:path";
import { FaultFound } from "./fault.ts";
import { parsePart } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { readText } from "./read-text.ts";
import { parseSeal } from "./seal.ts";
import type { SoundChain } from "./verify-chain.ts";
import type { SoundParts } from "./verify-parts.ts";

/** Whether `signatureText` (a `.minisig` file) is `publicKey`'s signature of `bytes`. */
export type SealCheck = (publicKey: string, bytes: Uint8Array, signatureText: string) => boolean;

export interface SealsOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly verifySeal?: SealCheck;
}

/** Compares seals with the days as they were just read; answers the days whose seal holds. Throws `FaultFound`. */
export async function verifySeals(options: SealsOptions, chain: SoundChain, parts: SoundParts): Promise<Set<string>> {
  const sealed = new Set<string>();
  const names = await options.fileSystem.list(options.directory);
  const days = new Set([...parts.keys()].map((name) => parsePart(name)?.day ?? ""));
  for (const name of names.filter((one) => one.endsWith(".seal")).toSorted()) {
    const day = name.slice(0, -".seal".length);
    if (!days.has(day) || !(await isSealed(options, name, day, chain, parts))) continue;
    sealed.add(day);
    for (const old of names.filter((one) => /^\.\d+$/.test(one.slice(name.length)) && one.startsWith(name)))
      await checkOldSeal(options, old, chain);
  }
  return sealed;
}

async function isSealed(
  { fileSystem, directory, verifySeal }: SealsOptions,
  name: string,
  day: string,
  { genesis, hashes: commits }: SoundChain,
  parts: SoundParts,
): Promise<boolean> {
  const text = (await readText(fileSystem, join(directory, name))) ?? "";
  const seal = parseSeal(text);
  if (seal === null || seal.collectorId !== genesis.collectorId) throw new FaultFound(name, 0, null, "seal-invalid");
  const ofDay = [...parts].filter(([file]) => parsePart(file)?.day === day);
  const hold = ofDay.length === seal.files.size && ofDay.every(([file, { sha256 }]) => seal.files.get(file) === sha256);
  const erased = ofDay.flatMap((part) => part[1].erased).toSorted((a, b) => a - b);
  const tell = erased.join() === seal.erased.join();
  const ends = [seal.first, seal.last].every(({ n, hash }) => commits.at(n) === hash);
  if (!hold || !ends || !tell) throw new FaultFound(name, 0, null, "seal-differs");
  if (verifySeal === undefined) return false;
  const signature = await readText(fileSystem, join(directory, `${name}.minisig`));
  // The signature is written first: a seal alone has lost it.
  if (signature === null) throw new FaultFound(`${name}.minisig`, 0, null, "file-missing");
  if (!verifySeal(genesis.publicKey, Buffer.from(text), signature))
    throw new FaultFound(`${name}.minisig`, 0, null, "seal-invalid");
  return true;
}

/** A seal that an erasure replaced: of this ledger, signed, and of a chain that is still there. */
async function checkOldSeal(
  { fileSystem, directory, verifySeal }: SealsOptions,
  name: string,
  { genesis, hashes }: SoundChain,
): Promise<void> {
  const text = (await readText(fileSystem, join(directory, name))) ?? "";
  const seal = parseSeal(text);
  const holds = seal !== null && seal.collectorId === genesis.collectorId;
  if (!holds || hashes.at(seal.first.n) !== seal.first.hash || hashes.at(seal.last.n) !== seal.last.hash)
    throw new FaultFound(name, 0, null, "seal-invalid");
  const signature = (await readText(fileSystem, join(directory, `${name}.minisig`))) ?? "";
  if (verifySeal?.(genesis.publicKey, Buffer.from(text), signature) !== true)
    throw new FaultFound(`${name}.minisig`, 0, null, "seal-invalid");
}
