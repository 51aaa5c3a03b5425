import { isAbsolute, win32 } from "node:path";
import { parseTimestamp } from "@mimolo/protocol/wire";
import valid from "semver/functions/valid.js";
import { decodeCanonical } from "../minisign/base64.ts";
import { parsePublicKey } from "../minisign/key.ts";
import { isPrintable } from "../minisign/signature.ts";
import { below, distinct, listOf, objectOf, oneOf, recordOf, Refused, textOf } from "./checked.ts";
import { isPluginId, isScope } from "./scope.ts";
import type { AllowEntry, Given, TrustData, TrustedKey } from "./trust-data.ts";

const SOURCES = ["builtin", "self", "pinned", "first-use"] as const;
const KINDS = ["package", "script", "config"] as const;

/** `value` as trust data, or throws `Refused` with the path of the first field that is wrong, missing or unknown. */
export function checkTrust(value: unknown): TrustData {
  const found = objectOf(value, "", ["format", "keys", "allow", "high_water"]);
  if (found["format"] !== 1) throw new Refused("format", "is not 1, the only format this version knows");
  const keys = listOf(found["keys"], "keys", checkKey);
  distinct(keys, "keys", ({ key_id }) => key_id, "a key id");
  distinct(keys, "keys", ({ public_key }) => pointOf(public_key), "a public key under another id");
  const allow = listOf(found["allow"], "allow", checkEntry);
  distinct(allow, "allow", subjectOf, "what is allowed");
  return { format: 1, keys, allow, high_water: checkMarks(found["high_water"], "high_water") };
}

/** One key; throws `Refused`. */
export function checkKey(value: unknown, path: string): TrustedKey {
  const required = ["key_id", "public_key", "label", "source", "scope", "added_at"];
  const found = objectOf(value, path, required, ["expires_at", "revoked"]);
  const at = (name: string) => below(path, name);
  const public_key = textOf(found["public_key"], at("public_key"), "a public key of minisign's", () => true);
  const parsed = parsePublicKey(public_key);
  if (!parsed.ok) throw new Refused(at("public_key"), `is no public key to be trusted (${parsed.code})`);
  const key_id = parsed.value.keyId;
  if (found["key_id"] !== key_id) throw new Refused(at("key_id"), `is not the id of its public key, ${key_id}`);
  return {
    key_id,
    public_key,
    label: textOf(found["label"], at("label"), "one line of printable text", isLabel),
    source: oneOf(found["source"], at("source"), SOURCES),
    scope: listOf(found["scope"], at("scope"), (glob, place) => textOf(glob, place, "a glob of plugin ids", isScope)),
    added_at: time(found["added_at"], at("added_at")),
    ...("expires_at" in found && { expires_at: time(found["expires_at"], at("expires_at")) }),
    ...("revoked" in found && { revoked: checkRevoked(found["revoked"], at("revoked")) }),
  };
}

function checkRevoked(value: unknown, path: string): NonNullable<TrustedKey["revoked"]> {
  const found = objectOf(value, path, ["at"], ["why"]);
  const why = found["why"];
  return {
    at: time(found["at"], below(path, "at")),
    ...("why" in found && { why: textOf(why, below(path, "why"), "one line of printable text", isLabel) }),
  };
}

/** One entry; throws `Refused`. */
export function checkEntry(value: unknown, path: string): AllowEntry {
  const at = (name: string) => below(path, name);
  const kind = oneOf(recordOf(value, path)["kind"], at("kind"), KINDS);
  const common = ["kind", "digest", "grants", "at", "by"];
  const found =
    kind === "package"
      ? objectOf(value, path, [...common, "plugin_id", "version"], ["key_id", "given"])
      : objectOf(value, path, [...common, "path"], ["key_id", "sig", "given"]);
  const grants = listOf(found["grants"], at("grants"), (word, place) => textOf(word, place, "a grant", isWord));
  distinct(grants, at("grants"), (word) => word, "a grant");
  const read = (name: string, wanted: string, holds: (text: string) => boolean) =>
    name in found ? { [name]: textOf(found[name], at(name), wanted, holds) } : {};
  return {
    kind,
    digest: textOf(found["digest"], at("digest"), "a SHA-256 in lower-case hex", isDigest),
    grants,
    at: time(found["at"], at("at")),
    by: textOf(found["by"], at("by"), "one line of printable text", isLabel),
    ...("given" in found && { given: checkGiven(found["given"], at("given"), grants) }),
    ...read("plugin_id", "the id of a plugin", isPluginId),
    ...read("version", "a semantic version", isVersion),
    ...read("path", "an absolute path", (text) => isAbsolute(text) || win32.isAbsolute(text)),
    ...read("key_id", "the id of a key", (text) => /^[0-9A-F]{16}$/.test(text)),
    ...read("sig", "a signature in base64", (text) => decodeCanonical(text, 64) !== null),
  };
}

function checkGiven(value: unknown, path: string, grants: readonly string[]): Record<string, Given> {
  const given = Object.entries(recordOf(value, path)).map(([name, each]) => {
    const place = below(path, name);
    if (!grants.includes(name)) throw new Refused(place, "is no grant of this entry");
    const found = objectOf(each, place, ["at", "by"]);
    const by = textOf(found["by"], below(place, "by"), "one line of printable text", isLabel);
    return [name, { at: time(found["at"], below(place, "at")), by }] as const;
  });
  return Object.fromEntries(given);
}

function checkMarks(value: unknown, path: string): Record<string, string> {
  const marks = Object.entries(recordOf(value, path)).map(([id, version]) => {
    if (!isPluginId(id)) throw new Refused(below(path, id), "is not the id of a plugin");
    return [id, textOf(version, below(path, id), "a semantic version", isVersion)] as const;
  });
  return Object.fromEntries(marks);
}

/** What an entry is about; one thing has one entry. */
export function subjectOf(entry: AllowEntry): string {
  return `${entry.kind} ${entry.plugin_id ?? entry.path ?? ""}`;
}

/** The point of a public key, whatever id it goes by. */
export function pointOf(publicKey: string): string {
  return Buffer.from(publicKey, "base64").toString("hex", 10);
}

/** True for the one spelling of a semantic version. */
export function isVersion(text: string): boolean {
  return valid(text) !== null && /^\d/.test(text) && text.trim() === text;
}

/** True for text of at most 200 characters, none included, that stands on one line. */
export function isLabel(text: string): boolean {
  return text.length <= 200 && !text.includes("\t") && isPrintable(text);
}

function isWord(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,63}$/.test(text);
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function time(value: unknown, path: string): string {
  return textOf(value, path, "a time", (text) => parseTimestamp(text) !== null);
}
