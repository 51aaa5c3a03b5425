import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DataDirectory } from "@mimolo/operations";
import { readTrust, type TrustData } from "@mimolo/operations/trust";
import { type Check, failed, ok, warning } from "./check.ts";

/** The keyring: whether others could have written it or read a secret key, and what a revoked key leaves behind. */
export function checkTrust(directory: Pick<DataDirectory, "trustFile" | "keys">, platform: string): Check {
  let trust: TrustData;
  try {
    trust = readTrust(directory.trustFile);
  } catch (error) {
    const { message } = error as Error;
    return failed("trust", message, `Until then nothing runs but what is built in: chmod 600 '${directory.trustFile}'`);
  }
  const open = platform === "win32" ? undefined : secretKeys(directory.keys).find(othersMayRead);
  if (open !== undefined) {
    return failed("trust", `others may read the secret key ${open}`, `chmod 600 '${open}'`);
  }
  const revoked = trust.keys.filter((key) => key.revoked !== undefined);
  const stranded = trust.allow.filter((entry) => revoked.some((key) => key.key_id === entry.key_id));
  const told = toldOf(trust, revoked.length);
  if (stranded.length === 0) return ok("trust", told);
  const names = stranded.map((entry) => entry.plugin_id ?? entry.path ?? entry.digest).join(", ");
  return warning(
    "trust",
    `${told}; blocked, because a revoked key vouches for it: ${names}`,
    "Remove it, install one that another key has signed, or allow the script again.",
  );
}

function toldOf({ keys, allow }: TrustData, revoked: number): string {
  if (keys.length === 0) return "nothing of your own is allowed yet: built-in agents run";
  const gone = revoked === 0 ? "" : ` (${revoked} revoked)`;
  const count = (kind: string) => allow.filter((entry) => entry.kind === kind).length;
  return `${counted(keys.length, "key")}${gone}, ${counted(count("package"), "package")}, ${counted(count("script"), "script")} and ${counted(count("config"), "configuration")} allowed`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function secretKeys(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".key"))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function othersMayRead(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0;
}
