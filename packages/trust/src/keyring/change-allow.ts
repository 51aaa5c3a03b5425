// Changes to what is allowed. Each returns new data and leaves the old alone.
import compare from "semver/functions/compare.js";
import type { SigningKey } from "../signing-key.ts";
import { TrustError } from "../trust-error.ts";
import { signAllow } from "./allow-message.ts";
import { checkEntry, isVersion, subjectOf } from "./check-trust.ts";
import { Refused } from "./checked.ts";
import { isPluginId } from "./scope.ts";
import type { AllowEntry, Given, TrustData } from "./trust-data.ts";

/** With this entry in place of the one about the same package id, script or configuration. Throws `bad-trust-data`. */
export function withAllow(data: TrustData, entry: AllowEntry): TrustData {
  const checked = checkedEntry(entry);
  const subject = subjectOf(checked);
  return { ...data, allow: [...data.allow.filter((known) => subjectOf(known) !== subject), checked] };
}

/** Without any entry about this plugin id or path. */
export function withoutAllow(data: TrustData, subject: string): TrustData {
  return { ...data, allow: data.allow.filter((entry) => !isAbout(entry, subject)) };
}

/** What goes with a change of grants. */
interface Granting {
  /** Signs a script's entry anew. */
  readonly key?: SigningKey | undefined;
  /** When and by whom what was not held before is given; absent: as the entry. */
  readonly given?: Given | undefined;
}

/** With exactly these grants for the package or script; its digest and `at` stay. Throws `unknown-entry`, or `needs-key` for a
 *  script without one. */
export function withGrants(
  data: TrustData,
  subject: string,
  grants: readonly string[],
  { key, given }: Granting = {},
): TrustData {
  const entry = data.allow.find((known) => known.kind !== "config" && isAbout(known, subject));
  if (entry === undefined)
    throw new TrustError("unknown-entry", `${subject} was never allowed; see: mimolo plugin list`);
  const { sig: _, given: __, ...rest } = { ...entry, grants: [...new Set(grants)] };
  const times = rest.grants.flatMap((name) => {
    const own = entry.grants.includes(name) ? entry.given?.[name] : given;
    return own === undefined ? [] : [[name, own] as const];
  });
  const said = times.length === 0 ? rest : { ...rest, given: Object.fromEntries(times) };
  if (entry.kind === "package") return withAllow(data, said);
  if (key === undefined)
    throw new TrustError("needs-key", `The entry of ${subject} is signed; sign the new grants too.`);
  return withAllow(data, signAllow(said, key));
}

/** With the mark of a plugin at `version`, unless it is as high already. Throws `bad-trust-data`. */
export function raiseHighWater(data: TrustData, id: string, version: string): TrustData {
  if (!isPluginId(id) || !isVersion(version))
    throw new TrustError("bad-trust-data", `${id} ${version} is no plugin id with a semantic version.`);
  const mark = highWaterOf(data, id);
  if (mark !== null && compare(version, mark) <= 0) return data;
  return { ...data, high_water: { ...data.high_water, [id]: version } };
}

/** The highest version of a plugin that proved healthy, or null. */
export function highWaterOf(data: TrustData, id: string): string | null {
  return Object.hasOwn(data.high_water, id) ? (data.high_water[id] ?? null) : null;
}

function isAbout({ plugin_id, path }: AllowEntry, subject: string): boolean {
  return plugin_id === subject || path === subject;
}

function checkedEntry(entry: AllowEntry): AllowEntry {
  try {
    return checkEntry(entry, "entry");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new TrustError("bad-trust-data", `${error.path} ${error.message}.`, { cause: error });
  }
}
