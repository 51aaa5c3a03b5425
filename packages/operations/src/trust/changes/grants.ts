import type { GrantReport, HeldGrants } from "@mimolo/protocol";
import { type AllowEntry, type TrustData, withGrants } from "@mimolo/trust";
import { CollectorError } from "../../error.ts";
import { checkAskedFor, checkGrantNames, requestedBy } from "../consent.ts";
import { readStore } from "../store.ts";
import type { GrantRequest } from "../trust-desk.ts";
import { selfKey } from "./allow.ts";
import { type Around, type Change, timeText } from "./change.ts";

/** Gives an installed plugin what it asks for, or an allowed script what it needs. */
export function addGrants(data: TrustData, request: GrantRequest, around: Around): Change<HeldGrants> {
  const { pluginId, capabilities } = request;
  const entry = entryOf(data, pluginId);
  const asked = askedBy(data, entry, around);
  if (asked === null) checkGrantNames(capabilities);
  else checkAskedFor(pluginId, asked, capabilities);
  const held = [...new Set([...entry.grants, ...capabilities])];
  return regranted(data, entry, { held, asked, around, action: "grant", names: capabilities });
}

/** Takes grants away; all of them when none is named. */
export function takeGrants(data: TrustData, request: GrantRequest, around: Around): Change<HeldGrants> {
  const { pluginId, capabilities } = request;
  checkGrantNames(capabilities);
  const entry = entryOf(data, pluginId);
  const names = capabilities.length === 0 ? [...entry.grants] : capabilities;
  const held = entry.grants.filter((name) => !names.includes(name));
  return regranted(data, entry, { held, asked: askedBy(data, entry, around), around, action: "revoke", names });
}

/** Everything that is held, in the order in which it was allowed. */
export function grantsIn(data: TrustData): GrantReport[] {
  return data.allow.flatMap((entry) =>
    entry.grants.map((capability) => {
      const subject = subjectOf(entry);
      const { at, by } = entry.given?.[capability] ?? entry;
      return { id: `${subject}:${capability}`, plugin_id: subject, capability, at, by };
    }),
  );
}

interface Regrant {
  readonly held: readonly string[];
  readonly asked: readonly string[] | null;
  readonly around: Around;
  readonly action: "grant" | "revoke";
  readonly names: readonly string[];
}

function regranted(
  data: TrustData,
  entry: AllowEntry,
  { held, asked, around, action, names }: Regrant,
): Change<HeldGrants> {
  const subject = subjectOf(entry);
  const report = {
    plugin_id: subject,
    granted: [...held],
    not_granted: (asked ?? []).filter((name) => !held.includes(name)),
  };
  const isSame = held.length === entry.grants.length;
  const own = entry.kind === "script" && !isSame ? selfKey(data, around) : null;
  const given = { at: timeText(around.nowMs), by: around.by };
  const changed = isSame ? null : withGrants(own?.data ?? data, subject, held, { key: own?.key, given });
  const note = { action, subject, detail: { capabilities: [...names], granted: [...held] } };
  return { data: changed, notes: isSame ? [] : [...(own?.notes ?? []), note], narrows: action === "revoke", report };
}

function entryOf(data: TrustData, subject: string): AllowEntry {
  const entry = data.allow.find((known) => known.kind !== "config" && subjectOf(known) === subject);
  if (entry !== undefined) return entry;
  throw new CollectorError("not-installed", `${subject} is not installed, nor an allowed script`, "mimolo plugin list");
}

/** What a package asks for; null for a script, which may be given anything. */
function askedBy(data: TrustData, entry: AllowEntry, { directory }: Around): string[] | null {
  if (entry.kind !== "package") return null;
  const plugin = readStore(directory, data).installed.find(({ pluginId }) => pluginId === entry.plugin_id);
  return plugin === undefined ? [...entry.grants] : requestedBy(plugin.manifest);
}

function subjectOf(entry: AllowEntry): string {
  return entry.plugin_id ?? entry.path ?? "";
}
