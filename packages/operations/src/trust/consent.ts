import { CAPABILITIES, Capability, Permission, PERMISSIONS } from "@mimolo/protocol";
import { CollectorError } from "../error.ts";

/** What a plugin asks for. */
export interface Asks {
  readonly capabilities: readonly string[];
  readonly permissions: readonly string[];
}

export interface ConsentQuestion {
  readonly asks: Asks;
  /** What the version now installed asks for and holds; null for a first installation. */
  readonly before: (Asks & { readonly held: readonly string[] }) | null;
  /** What a person consented to; `"all"`: whatever it asks for. */
  readonly given: readonly string[] | "all";
  readonly autoGrantLow: boolean;
}

export interface Consent {
  /** In the order in which it is asked for. */
  readonly granted: readonly string[];
  /** Capabilities that nobody consented to and that were not asked for before: it cannot come in without them. */
  readonly waiting: readonly string[];
  /** The rest: what was taken from it before, and permissions. */
  readonly notGranted: readonly string[];
}

/** What a package may have when it comes in. What was granted before stays; what was asked for and taken away stays so;
 *  new things of low risk are granted by themselves. */
export function consentOf({ asks, before, given, autoGrantLow }: ConsentQuestion): Consent {
  const asked = requestedBy(asks);
  const askedBefore = before === null ? [] : requestedBy(before);
  const isGranted = (name: string) =>
    given === "all" ||
    given.includes(name) ||
    (before?.held.includes(name) ?? false) ||
    (autoGrantLow && isLowRisk(name) && !askedBefore.includes(name));
  const missing = asked.filter((name) => !isGranted(name));
  const isWaiting = (name: string) => isCapability(name) && !askedBefore.includes(name);
  return {
    granted: asked.filter(isGranted),
    waiting: missing.filter(isWaiting),
    notGranted: missing.filter((name) => !isWaiting(name)),
  };
}

/** Capabilities first. */
export function requestedBy({ capabilities, permissions }: Asks): string[] {
  return [...new Set([...capabilities, ...permissions])];
}

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(CAPABILITIES, name);
}

/** Throws `CollectorError` `bad-grant` for a name that is neither a capability nor a permission. */
export function checkGrantNames(names: readonly string[]): void {
  const stranger = names.find((name) => !isCapability(name) && !isPermission(name));
  if (stranger === undefined) return;
  const known = [...Capability.options, ...Permission.options].join(", ");
  throw new CollectorError("bad-grant", `"${stranger}" is nothing that can be granted`, `there are ${known}`);
}

/** Throws `CollectorError` `bad-grant` for what `pluginId` does not ask for, so that nothing is granted for later. */
export function checkAskedFor(pluginId: string, asked: readonly string[], names: readonly string[]): void {
  checkGrantNames(names);
  const unasked = names.filter((name) => !asked.includes(name));
  if (unasked.length === 0) return;
  const hint = asked.length === 0 ? "it asks for nothing" : `it asks for ${asked.join(", ")}`;
  throw new CollectorError("bad-grant", `${pluginId} does not ask for ${unasked.join(", ")}`, hint);
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}

function isLowRisk(name: string): boolean {
  if (isCapability(name)) return CAPABILITIES[name].risk === "low";
  return isPermission(name) && PERMISSIONS[name].risk === "low";
}
