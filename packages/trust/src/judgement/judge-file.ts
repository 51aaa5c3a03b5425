import type { Verdict } from "@mimolo/protocol";
import { allowHolds } from "../keyring/allow-message.ts";
import type { AllowEntry, TrustData, TrustedKey } from "../keyring/trust-data.ts";
import { shellWord } from "../shell-word.ts";
import type { Judgement } from "./judgement.ts";
import { shown } from "./shown.ts";

/** A file as it is now. */
export interface FoundFile {
  /** Absolute, without links. */
  readonly path: string;
  /** SHA-256 in hex; null when the file is gone. */
  readonly sha256: string | null;
}

/** How the reason says what helps. */
export interface AllowAdvice {
  /** The command that allows this file. Default: `mimolo allow PATH`, for the usual data directory. */
  readonly command?: string;
}

/** Whether this very content of a script was allowed by an entry that a self key of ours signed. */
export function judgeScript(found: FoundFile, data: TrustData, advice: AllowAdvice = {}): Judgement {
  return judgeFile("script", found, data, advice);
}

/** The same for a configuration file. */
export function judgeConfig(found: FoundFile, data: TrustData, advice: AllowAdvice = {}): Judgement {
  return judgeFile("config", found, data, advice);
}

function judgeFile(kind: "script" | "config", found: FoundFile, data: TrustData, advice: AllowAdvice): Judgement {
  const { path } = found;
  const entry = data.allow.find((known) => known.kind === kind && known.path === path);
  const [verdict, why] = compare(entry, found, data);
  const reason =
    verdict === "trusted"
      ? ""
      : `${shown(path)} ${why}; allow it with: ${advice.command ?? `mimolo allow ${shellWord(path)}`}`;
  return { verdict, keyId: entry?.key_id ?? null, digest: found.sha256 ?? "", reason };
}

function compare(entry: AllowEntry | undefined, found: FoundFile, data: TrustData): readonly [Verdict, string] {
  if (found.sha256 === null) return ["missing-file", "is not there"];
  if (entry === undefined) return ["not-allowlisted", "was never allowed"];
  if (entry.sig === undefined) return ["unsigned", "has an allow entry that nobody signed"];
  const key = data.keys.find(({ key_id, source }) => key_id === entry.key_id && source === "self");
  if (key === undefined) return ["unknown-key", "was allowed with a key that is no longer yours"];
  if (!allowHolds(entry, key.public_key))
    return ["bad-signature", "has an allow entry that was changed after it was signed"];
  if (key.revoked !== undefined) return ["revoked", `was allowed with key ${key.key_id}, which was revoked`];
  if (wasExpired(key, entry)) return ["expired", `was allowed with key ${key.key_id} after that had expired`];
  return entry.digest === found.sha256 ? ["trusted", ""] : ["modified", "has changed since it was allowed"];
}

/** What a key signed in its time stays. */
function wasExpired({ expires_at }: TrustedKey, entry: AllowEntry): boolean {
  return expires_at !== undefined && Date.parse(entry.at) >= Date.parse(expires_at);
}
