import { judgeConfig, readTrust, type TrustData, TrustError } from "@mimolo/trust";
import type { Consent } from "./consent.ts";

/** Consent by what was allowed with `mimolo allow`, looked up anew each time: exactly these bytes in exactly this place. What
 *  cannot be read or was tampered with allows nothing. `trustFile` is `trust/trust.json` of the data directory. */
export function allowedFiles(trustFile: string): Consent {
  return (file) => {
    const trust = trustIn(trustFile);
    if (trust === undefined) return false;
    const { verdict } = judgeConfig(file, trust);
    if (verdict === "trusted") return true;
    return verdict === "modified" ? "changed" : false;
  };
}

function trustIn(file: string): TrustData | undefined {
  try {
    return readTrust(file);
  } catch (error) {
    if (error instanceof TrustError) return undefined;
    throw error;
  }
}
