// Which protocol version two peers speak with each other.
import { PROTOCOL_VERSION, PROTOCOL_VERSION_PATTERN } from "./constants.ts";

export type VersionAgreement =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly reason: "protocol_version_mismatch" };

/** The version both speak: same major, the lower minor. Another major, or no `MAJOR.MINOR` at all, is a mismatch. */
export function negotiateVersion(agent: string, collector: string = PROTOCOL_VERSION): VersionAgreement {
  const theirs = PROTOCOL_VERSION_PATTERN.exec(agent);
  const ours = PROTOCOL_VERSION_PATTERN.exec(collector);
  if (theirs === null || ours === null || theirs[1] !== ours[1])
    return { ok: false, reason: "protocol_version_mismatch" };
  return { ok: true, version: `${ours[1]}.${Math.min(Number(theirs[2]), Number(ours[2]))}` };
}
