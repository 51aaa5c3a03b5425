import { loadOrCreateKey, type SigningKey } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";

/** The key that signs evidence and audit, made when there is none yet. Throws `TrustError`. */
export function collectorKey(directory: DataDirectory): SigningKey {
  return loadOrCreateKey({
    secretFile: directory.collectorKey,
    publicFile: directory.collectorPublicKey,
    comment: "mimolo collector",
  });
}
