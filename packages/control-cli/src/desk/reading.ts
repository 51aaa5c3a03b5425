import { dataDirectory } from "@mimolo/operations/reading";
import { readTrust } from "@mimolo/operations/trust";
import type { KeyReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";

/** The keyring as it stands on the disk, where a running collector keeps it up to date. */
export function readKeys(call: Pick<Call, "options" | "surroundings">): readonly KeyReport[] {
  const { keys } = readTrust(dataDirectory(dataDirOf(call)).trustFile);
  return keys.map((key) => ({ ...key, scope: [...key.scope] }));
}
