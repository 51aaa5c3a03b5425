import type { KeyReport, NewKeyReport } from "@mimolo/protocol";
import {
  createKey,
  isScope,
  parsePublicKey,
  parsePublicKeyFile,
  revokeKey,
  type TrustData,
  type TrustedKey,
  withKey,
} from "@mimolo/trust";
import { CollectorError } from "../../error.ts";
import type { NewKeyRequest, RevokeKeyRequest, TrustKeyRequest } from "../trust-desk.ts";
import { type Around, type Change, timeText } from "./change.ts";

const OWN_SCOPE = ["local.*"];

/** Makes a key pair and lets it vouch for its scope. */
export function makeKey(data: TrustData, request: NewKeyRequest, around: Around): Change<NewKeyReport> {
  const scope = checkedScope(request.scope);
  const label = request.label ?? "own key";
  const made = createKey({ directory: around.directory.keys, label });
  const { keyId: key_id, publicKey: public_key, path } = made;
  const key: TrustedKey = { key_id, public_key, label, source: "pinned", scope, added_at: timeText(around.nowMs) };
  return {
    data: withKey(data, key),
    notes: [{ action: "key", subject: key_id, detail: { do: "new", label, scope } }],
    narrows: false,
    report: { key_id, public_key, label, scope, path },
  };
}

/** Lets somebody else's key vouch for plugin ids. */
export function takeKey(data: TrustData, request: TrustKeyRequest, around: Around): Change<KeyReport> {
  const scope = checkedScope(request.scope);
  const { keyId: key_id, text: public_key } = publicKeyIn(request.publicKey);
  const { label = key_id, source = "pinned" } = request;
  const key: TrustedKey = { key_id, public_key, label, source, scope, added_at: timeText(around.nowMs) };
  return {
    data: withKey(data, key),
    notes: [{ action: "key", subject: key_id, detail: { do: "trust", label, source, scope } }],
    narrows: false,
    report: keyReport(key),
  };
}

/** Takes back for good what a key vouched for. */
export function dropKey(data: TrustData, request: RevokeKeyRequest, around: Around): Change<KeyReport> {
  const keyId = request.keyId.toUpperCase();
  const { why } = request;
  const at = timeText(around.nowMs);
  const changed = revokeKey(data, keyId, why === undefined ? { at } : { at, why });
  const key = changed.keys.find(({ key_id }) => key_id === keyId);
  if (key === undefined) throw new CollectorError("unknown-key", `no key ${keyId} is known`, "mimolo key list");
  const detail = { what: "key", label: key.label, ...(why === undefined ? {} : { why }) };
  return {
    data: changed,
    notes: [{ action: "revoke", subject: keyId, detail }],
    narrows: true,
    report: keyReport(key),
  };
}

/** A key of the keyring as it is shown. */
export function keyReport({ scope, ...key }: TrustedKey): KeyReport {
  return { ...key, scope: [...scope] };
}

function checkedScope(scope: readonly string[] | undefined): string[] {
  const globs = scope === undefined || scope.length === 0 ? OWN_SCOPE : [...new Set(scope)];
  const bad = globs.find((glob) => !isScope(glob));
  if (bad === undefined) return globs;
  throw new CollectorError("bad-key", `"${bad}" is no glob of plugin ids`, "such as acme.* or acme.http-request");
}

function publicKeyIn(text: string) {
  const isFile = text.includes("\n");
  const parsed = isFile ? parsePublicKeyFile(text) : parsePublicKey(text.trim());
  if (parsed.ok) return parsed.value;
  throw new CollectorError(
    "bad-key",
    `this is no public key that can be trusted (${parsed.code})`,
    "a public key is the second line of a .pub file of minisign or of mimolo key new",
    { reason: parsed.code },
  );
}
