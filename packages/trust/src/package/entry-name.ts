// Names that mean the same file, inside the package's folder, on Linux, macOS and Windows.
import { MAX_NAME_LENGTH } from "./limits.ts";
import type { NameFaultCode } from "./package-error.ts";

/** What is wrong with a name, and a sentence on it. */
export interface NameFault {
  readonly code: NameFaultCode;
  readonly message: string;
}

/** What a system would read as something else than a file below the package; `null` for a good name. Folders come
 *  without their last `/`. */
export function nameFault(name: string): NameFault | null {
  for (const [code, isBroken, reason] of RULES) {
    if (isBroken(name)) return { code, message: `${shown(name)} ${reason}` };
  }
  return null;
}

/** A name as an error may show it: on one line, not endless. */
export function shown(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 77)}…` : name;
  return JSON.stringify(short).replaceAll(/[\p{Cf}\p{Cs}\u007f-\u009f]/gu, "?");
}

type Rule = readonly [NameFaultCode, (name: string) => boolean, string];

const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:$|[. ])/i;

const RULES: readonly Rule[] = [
  ["empty-name", (name) => name === "", "is an empty name"],
  ["name-too-long", (name) => name.length > MAX_NAME_LENGTH, `is longer than ${MAX_NAME_LENGTH} characters`],
  ["nul-in-name", (name) => name.includes("\0"), "has a NUL in it, where some programs stop reading"],
  [
    "control-in-name",
    (name) => /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(name),
    "has a control character or an invisible one in it",
  ],
  ["backslash", (name) => name.includes("\\"), "has a backslash in it, which Windows reads as a folder"],
  ["drive-letter", (name) => /^[A-Za-z]:/.test(name), "begins with a drive letter"],
  ["absolute-path", (name) => name.startsWith("/"), "is an absolute path"],
  ["traversal", (name) => name.split("/").includes(".."), "leads out of the package with .."],
  [
    "not-plain-path",
    (name) => name.split("/").some((word) => word === "" || word === "."),
    "is no plain path: an empty folder name or a . is in it",
  ],
  ["forbidden-character", (name) => /[<>:"|?*]/.test(name), 'has one of < > : " | ? * in it, which Windows forbids'],
  [
    "trailing-dot-or-space",
    (name) => name.split("/").some((word) => /[. ]$/.test(word)),
    "ends, or has a folder that ends, in a dot or a space, which Windows leaves out",
  ],
  [
    "reserved-name",
    (name) => name.split("/").some((word) => RESERVED.test(word)),
    "is a name that Windows keeps for a device",
  ],
];
