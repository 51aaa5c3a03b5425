import { dirname } from "node:path";
import { TrustError } from "../trust-error.ts";
import { writePrivately } from "../whole-file.ts";
import { checkTrust } from "./check-trust.ts";
import { Refused } from "./checked.ts";
import { jsonPlaces } from "./json-places.ts";
import { checkFolder, readSafely } from "./safe-file.ts";
import { NO_TRUST, type TrustData } from "./trust-data.ts";

/** Reads `trust/trust.json`; a missing one trusts nobody. Throws `TrustError`: `trust-file-unsafe` when others can write it
 *  or its folder or it is a link, `trust-file-unreadable` naming line and field otherwise. */
export function readTrust(file: string): TrustData {
  const bytes = readSafely(file);
  return bytes === null ? NO_TRUST : parseTrust(bytes, file);
}

/** Writes it, 0600, whole or not at all, on the disk on return. Throws `bad-trust-data` for what could not be read back and
 *  `trust-file-unsafe` for a folder that others can write. */
export function writeTrust(file: string, data: TrustData): void {
  const text = encodeTrust(data);
  checkFolder(dirname(file));
  writePrivately(file, text);
}

/** The bytes of a trust file, strictly: nothing missing, unknown, twice or of another kind. `file` is for the message. */
export function parseTrust(bytes: Uint8Array, file: string): TrustData {
  const refuse = (line: number, message: string, cause?: unknown) =>
    new TrustError("trust-file-unreadable", `${file}:${line}: ${message}. Mend it, or move it away and trust anew.`, {
      cause,
    });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse(1, "is not UTF-8", cause);
  }
  const { lines, duplicate, faultLine } = jsonPlaces(text);
  if (faultLine !== null) throw refuse(faultLine, "is not JSON");
  if (duplicate !== null) throw refuse(lines.get(duplicate) ?? 1, `${duplicate} is there twice`);
  try {
    return checkTrust(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw refuse(lineOf(error.path, lines), error.path === "" ? error.message : `${error.path} ${error.message}`);
  }
}

/** One line for each key and entry, and one for all marks: a line that gets lost takes a whole key with it, never just the
 *  word that it is revoked. */
export function encodeTrust(data: TrustData): string {
  try {
    checkTrust(data);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new TrustError("bad-trust-data", `${error.path} ${error.message}.`, { cause: error });
  }
  const list = (values: readonly object[]) =>
    values.length === 0 ? "[]" : `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(",\n")}\n  ]`;
  const members = [
    `"format": 1`,
    `"keys": ${list(data.keys)}`,
    `"allow": ${list(data.allow)}`,
    `"high_water": ${JSON.stringify(data.high_water)}`,
  ];
  return `{\n  ${members.join(",\n  ")}\n}\n`;
}

/** A missing field stands nowhere: its object's line. */
function lineOf(path: string, lines: ReadonlyMap<string, number>): number {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), at.lastIndexOf("["), 0))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
  }
  return 1;
}
