import type { PluginManifest, Verdict } from "@mimolo/protocol";
import { scopeCovers } from "../keyring/scope.ts";
import type { TrustData, TrustedKey } from "../keyring/trust-data.ts";
import { parseSignature } from "../minisign/signature.ts";
import { verifyFile } from "../minisign/verify.ts";
import { shellWord } from "../shell-word.ts";
import { shown } from "./shown.ts";

/** A manifest and what stands beside it. */
export interface SignedManifest {
  readonly manifestBytes: Uint8Array;
  readonly signatureText: string | null;
  readonly manifest: PluginManifest | null;
}

/** Whose word a manifest has, or why it has none. */
export type SignatureJudgement =
  | { readonly ok: true; readonly keyId: string }
  | { readonly ok: false; readonly keyId: string | null; readonly verdict: Verdict; readonly reason: string };

const FROM_AUTHOR = "get the package again from its author";

/** Whether a key we know, that is good and may speak for this plugin id, signed exactly these bytes as this version. */
export function judgeSignature(found: SignedManifest, data: TrustData, nowMs: number): SignatureJudgement {
  if (found.signatureText === null)
    return no(null, "unsigned", "Nobody signed this package; its author does that with: mimolo plugin sign FILE");
  const parsed = parseSignature(found.signatureText);
  if (!parsed.ok)
    return no(
      null,
      "bad-signature",
      `Its signature file is not one that minisign writes today (${parsed.code}); ${FROM_AUTHOR}.`,
    );
  const { keyId } = parsed.value;
  const key = data.keys.find(({ key_id }) => key_id === keyId);
  if (key === undefined)
    return no(
      keyId,
      "unknown-key",
      `It is signed with key ${keyId}, which you do not know; if you know whose it is: mimolo key trust FILE.pub${scopeOption(found.manifest)}`,
    );
  const verified = verifyFile({
    publicKey: key.public_key,
    bytes: found.manifestBytes,
    signatureText: found.signatureText,
  });
  if (!verified.ok)
    return no(
      keyId,
      "bad-signature",
      `Its manifest or signature was changed after key ${keyId} signed it; ${FROM_AUTHOR}.`,
    );
  return judgeWord(found.manifest, verified.trustedComment, key, nowMs);
}

/** The signature holds; whether it is one that may be believed. */
function judgeWord(
  manifest: PluginManifest | null,
  comment: string,
  key: TrustedKey,
  nowMs: number,
): SignatureJudgement {
  const { key_id, label, expires_at, revoked, scope } = key;
  if (!isFor(comment, manifest)) {
    const meant = manifest === null ? "a plugin and its version" : `“${manifest.id} ${manifest.version}”`;
    const reason = `Its signature was made for “${shown(comment)}”, not for ${meant}; its author signs it again with: mimolo plugin sign FILE`;
    return no(key_id, "bad-signature", reason);
  }
  const named = label === "" ? `key ${key_id}` : `key ${key_id} (${shown(label)})`;
  if (revoked !== undefined) {
    const why = revoked.why === undefined || revoked.why === "" ? "" : ` (${shown(revoked.why)})`;
    return no(
      key_id,
      "revoked",
      `It is signed with ${named}, which was revoked at ${revoked.at}${why}; get it signed with another key.`,
    );
  }
  if (expires_at !== undefined && !(nowMs < Date.parse(expires_at)))
    return no(
      key_id,
      "expired",
      `It is signed with ${named}, which expired at ${expires_at}; get it signed with a newer key.`,
    );
  // Nobody runs what has no readable manifest; by its comment it is told whose it is, if that says so.
  const id = manifest?.id ?? (OF_THE_TOOL.test(comment) ? null : comment.split(" ", 1)[0]);
  if (id != null && !scopeCovers(scope, id)) {
    const covers = scope.length === 0 ? "no plugin" : scope.join(", ");
    return no(
      key_id,
      "out-of-scope",
      `It is signed with ${named}, which vouches for ${covers}, not for ${shown(id)}; if it should: mimolo key trust FILE.pub --scope ${shellWord(shown(id))}`,
    );
  }
  return { ok: true, keyId: key_id };
}

/** What `minisign -S` says where nobody tells it what to say: a time and the name of a file, of no plugin. */
const OF_THE_TOOL = /^timestamp:\d+\tfile:[^\t]*(?:\thashed)?$/;

/** Whether a signature with this comment is one for the plugin. The manifest has its id and version in the bytes that are
 *  signed, so a comment that names nothing takes nothing away; one that names something else was meant for that. */
function isFor(comment: string, manifest: PluginManifest | null): boolean {
  if (OF_THE_TOOL.test(comment)) return true;
  return manifest === null ? /^[^ ]+ [^ ]+$/.test(comment) : comment === `${manifest.id} ${manifest.version}`;
}

/** A proposal that covers no more than this author's own plugins. */
function scopeOption(manifest: PluginManifest | null): string {
  if (manifest === null) return "";
  const dot = manifest.id.indexOf(".");
  return ` --scope ${shellWord(dot === -1 ? manifest.id : `${manifest.id.slice(0, dot)}.*`)}`;
}

function no(keyId: string | null, verdict: Verdict, reason: string): SignatureJudgement {
  return { ok: false, keyId, verdict, reason };
}
