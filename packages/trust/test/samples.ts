import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PluginManifest } from "@mimolo/protocol";
import { onTestFinished } from "vitest";
import {
  type AllowEntry,
  createKey,
  NO_TRUST,
  parsePublicKey,
  type PackageFacts,
  type PackageSurroundings,
  type SigningKey,
  type TrustedKey,
  TrustError,
  withKey,
} from "../src/index.ts";

export const AT = "2026-11-21T10:00:00.000Z";
export const NOW_MS = Date.parse("2026-11-22T10:00:00.000Z");
export const LATER = "2026-12-01T00:00:00.000Z";

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "mimolo-trust-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A key in `directory`; without one, a key that is nowhere on the disk any more. */
export function freshKey(directory?: string): SigningKey & { path: string } {
  const label = "a key of a test";
  if (directory !== undefined) return createKey({ directory, label });
  const passing = mkdtempSync(join(tmpdir(), "mimolo-trust-"));
  try {
    return createKey({ directory: passing, label });
  } finally {
    rmSync(passing, { recursive: true });
  }
}

export function trusted(key: SigningKey, more: Partial<TrustedKey> = {}): TrustedKey {
  const { keyId: key_id, publicKey: public_key } = key;
  return { key_id, public_key, label: "Acme", source: "pinned", scope: ["acme.*"], added_at: AT, ...more };
}

export function trusting(key: SigningKey, more: Partial<TrustedKey> = {}) {
  return withKey(NO_TRUST, trusted(key, more));
}

/** The same point under another id: anybody can write that file. */
export function underAnotherId(key: SigningKey): SigningKey {
  const bytes = Buffer.from(key.publicKey, "base64");
  bytes[2] = (bytes[2] ?? 0) ^ 1;
  return of(key, bytes);
}

/** Another point under the same id: anybody can write that file, too. */
export function underIdOf(key: SigningKey, other: SigningKey): SigningKey {
  const bytes = Buffer.from(other.publicKey, "base64");
  Buffer.from(key.publicKey, "base64").copy(bytes, 2, 2, 10);
  return of(other, bytes);
}

function of(key: SigningKey, bytes: Buffer): SigningKey {
  const parsed = parsePublicKey(bytes.toString("base64"));
  if (!parsed.ok) throw new Error(parsed.code);
  return { ...key, keyId: parsed.value.keyId, publicKey: parsed.value.text };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function scriptEntry(more: Partial<AllowEntry> = {}): AllowEntry {
  return { kind: "script", digest: sha256("x"), grants: [], at: AT, by: "cli", path: "/home/u/agent.py", ...more };
}

export function packageEntry(more: Partial<AllowEntry> = {}): AllowEntry {
  const digest = sha256("manifest");
  return { kind: "package", digest, grants: [], at: AT, by: "cli", plugin_id: "acme.x", version: "1.0.0", ...more };
}

/** A package as read from the disk, signed by `key`. */
export function packageOf(key: SigningKey | null, fields: Record<string, unknown> = {}): PackageFacts {
  const written = {
    manifest_version: "1.0",
    id: "acme.x",
    name: "X",
    version: "1.0.0",
    type: "action",
    entry: "main.mjs",
    files: [{ path: "main.mjs", size: 0, sha256: sha256("") }],
    ...fields,
  };
  const manifestBytes = Buffer.from(JSON.stringify(written));
  const manifest = PluginManifest.parse(written);
  const signatureText = key?.signFile(manifestBytes, `${manifest.id} ${manifest.version}`) ?? null;
  return { manifestBytes, signatureText, manifest, files: { ok: true } };
}

export function around(more: Partial<PackageSurroundings> = {}): PackageSurroundings {
  return { version: "0.4.0", platform: "linux", nowMs: NOW_MS, stage: "install", ...more };
}

export function codeOf(run: () => unknown): string {
  return errorOf(run)?.code ?? "nothing was thrown";
}

export function errorOf(run: () => unknown): TrustError | null {
  try {
    run();
  } catch (error) {
    if (error instanceof TrustError) return error;
    throw error;
  }
  return null;
}
