import { NO_TRUST, readTrust, type TrustData, TrustError } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import { CollectorError } from "../error.ts";
import { readStore, readUnvouched, type Store } from "./store.ts";

/** What was decided about trust, as the files say it now. */
export interface Decisions extends Store {
  /** Nobody and nothing, where the file is damaged or could have been written by others. */
  readonly trust: TrustData;
  /** Why nothing but what is built in runs: one sentence that says what helps. Null when the file is sound. */
  readonly fault: string | null;
}

/** The decisions of a data directory, to launch by. A damaged `trust.json` counts as none and is told in `fault`; what lies in
 *  the store is still known then, and trusted by nobody. Never throws. */
export function readDecisions(directory: DataDirectory): Decisions {
  try {
    const trust = readTrust(directory.trustFile);
    return { trust, ...readStore(directory, trust), fault: null };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    const problems = [{ path: directory.trustFile, code: codeOf(error), message: fault }];
    return { trust: NO_TRUST, installed: readUnvouched(directory), broken: [], problems, fault };
  }
}

/** The decisions to change: a damaged file is never written over. Throws `CollectorError` `trust-unreadable`. */
export function readToChange(directory: DataDirectory): TrustData {
  try {
    return readTrust(directory.trustFile);
  } catch (error) {
    throw ofTrust(error);
  }
}

/** An error about our own keys and files as the collector's; everything else as it is. */
export function ofTrust(error: unknown): unknown {
  if (!(error instanceof TrustError)) return error;
  const { code, message } = error;
  const said = (as: CollectorError["code"], hint: string) =>
    new CollectorError(as, message, hint, { cause: error, reason: code });
  switch (code) {
    case "trust-file-unsafe":
    case "trust-file-unreadable":
      return said("trust-unreadable", "until then nothing runs but what is built in");
    case "secret-missing":
    case "secret-unreadable":
    case "keys-differ":
      return said(
        "trust-unreadable",
        "keys lie in trust/keys of the data directory; mimolo key list shows who is trusted",
      );
    case "unknown-key":
      return said("unknown-key", "mimolo key list shows them");
    case "unknown-entry":
      return said("not-installed", "mimolo plugin list shows what is installed");
    case "bad-trust-data":
    case "bad-comment":
    case "key-refused":
    case "key-taken":
    case "key-revoked":
    case "needs-key":
      return said("bad-key", "mimolo key list shows who is trusted");
  }
}

function codeOf(error: unknown): string {
  return error instanceof TrustError ? error.code : "trust-file-unreadable";
}
