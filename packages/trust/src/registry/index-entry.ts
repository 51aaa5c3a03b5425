// One entry of an index.json, as strictly as what anybody may have written.
import { Capability } from "@mimolo/protocol";
import { SEMVER_PATTERN } from "@mimolo/protocol/wire";
import { isPluginId } from "../keyring/scope.ts";
import { nameFault, shown } from "../package/entry-name.ts";
import type { SourceProblemCode } from "./offer.ts";

/** What an entry says, each field by itself sound. */
export interface IndexEntry {
  readonly id: string;
  readonly version: string;
  /** Below the index's folder, with `/`. */
  readonly file: string;
  readonly sha256: string;
  readonly key_id: string;
  readonly capabilities: readonly Capability[];
  readonly description: string;
}

/** The first fault of an entry. */
export interface EntryFault {
  readonly field: string;
  readonly code: Extract<SourceProblemCode, "missing-key" | "invalid-value">;
  readonly message: string;
}

const MAX_DESCRIPTION = 4096;
const MAX_VERSION = 128;
const REQUIRED = ["id", "version", "file", "sha256", "key_id", "capabilities"] as const;

/** Reads one entry. Fields that a later version may add are passed over; those known are each held to their form. */
export function readEntry(value: unknown): { ok: true; entry: IndexEntry } | { ok: false; fault: EntryFault } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return invalid("", "is no object");
  const found = value as Readonly<Record<string, unknown>>;
  const missing = REQUIRED.find((name) => !Object.hasOwn(found, name));
  if (missing !== undefined) {
    return { ok: false, fault: { field: missing, code: "missing-key", message: `${missing} is missing` } };
  }
  const { id, version, file, sha256, key_id, capabilities, description = "" } = found;
  if (typeof id !== "string" || !isPluginId(id))
    return invalid("id", "is not the id of a plugin, such as acme.inbox", id);
  if (typeof version !== "string" || version.length > MAX_VERSION || !SEMVER_PATTERN.test(version)) {
    return invalid("version", "is no semver version, such as 1.2.0", version);
  }
  if (typeof file !== "string") return invalid("file", "is not the name of a file", file);
  const fault = nameFault(file);
  if (fault !== null) return invalid("file", fault.message.replace("out of the package", "out of the registry"));
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    return invalid("sha256", "is not a SHA-256 in lower-case hex", sha256);
  }
  if (typeof key_id !== "string" || !/^[0-9A-F]{16}$/.test(key_id)) {
    return invalid("key_id", "is not the id of a key: 16 digits of upper-case hex", key_id);
  }
  const asked = readCapabilities(capabilities);
  if (asked === null) return invalid("capabilities", `is no list of ${Capability.options.join(", ")}`);
  if (typeof description !== "string" || description.length > MAX_DESCRIPTION) {
    return invalid("description", `is no text of at most ${MAX_DESCRIPTION} characters`);
  }
  const entry = { id, version, file, sha256, key_id, capabilities: asked, description: onOneLine(description) };
  return { ok: true, entry };
}

/** A list of names, or the table of switches that manifests have; in the order of the table of capabilities. */
function readCapabilities(value: unknown): Capability[] | null {
  const asked = Array.isArray(value) ? value : namesOn(value);
  const known: readonly unknown[] = Capability.options;
  if (asked === null || !asked.every((name) => known.includes(name))) return null;
  return Capability.options.filter((name) => asked.includes(name));
}

function namesOn(value: unknown): unknown[] | null {
  if (typeof value !== "object" || value === null) return null;
  const switches = Object.entries(value);
  return switches.every(([, on]) => typeof on === "boolean")
    ? switches.filter(([, on]) => on === true).map(([name]) => name)
    : null;
}

/** People read it in a terminal, so nothing that a terminal would obey, or that turns the writing around. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

function invalid(field: string, reason: string, found?: unknown): { ok: false; fault: EntryFault } {
  const written = typeof found === "string" ? ` (${shown(found)})` : "";
  const message = field === "" ? reason : `${field}${written} ${reason}`;
  return { ok: false, fault: { field, code: "invalid-value", message } };
}
