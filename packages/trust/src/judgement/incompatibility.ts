import type { PluginManifest } from "@mimolo/protocol";
import { PROTOCOL_VERSION } from "@mimolo/protocol/wire";
import validRange from "semver/ranges/valid.js";
import satisfies from "semver/functions/satisfies.js";
import { shown } from "./shown.ts";

/** Where a plugin would run. */
export interface Surroundings {
  /** Of MiMoLo. */
  readonly version: string;
  readonly platform: NodeJS.Platform;
  /** Of Node; absent: what the plugin wants of it is not asked. */
  readonly node?: string;
  /** Of Python, for plugins that it runs; absent: as with Node. */
  readonly python?: string | undefined;
}

/** What a plugin says of where it runs. */
export type Claims = Pick<PluginManifest, "engines"> &
  Partial<Pick<PluginManifest, "platforms" | "protocol" | "runtime">>;

/** What keeps a plugin from running here, as the rest of a sentence after its name; null when nothing does. */
export function incompatibility(manifest: Claims, around: Surroundings): string | null {
  const { engines, platforms, protocol } = manifest;
  const platform: string = around.platform;
  if (platforms !== undefined && !platforms.some((known) => known === platform))
    return `runs on ${platforms.join(", ")} only, and this is ${platform}; ask its author for one that fits`;
  const [major = 0, minor = 0] = numbersOf(PROTOCOL_VERSION);
  if (protocol !== undefined && !speaks(protocol, major, minor))
    return `speaks protocol ${protocol.min} to ${protocol.max ?? "newer"}, and this is ${PROTOCOL_VERSION}; install another version of it, or of MiMoLo`;
  const python = manifest.runtime === "python" ? around.python : undefined;
  return (
    misfit("MiMoLo", engines.mimolo, around.version, "install another version of it, or of MiMoLo") ??
    (around.node === undefined ? null : misfit("Node", engines.node, around.node, "install that Node")) ??
    (python === undefined ? null : misfit("Python", engines.python, python, "install that Python"))
  );
}

function misfit(what: string, wanted: string | undefined, version: string, help: string): string | null {
  if (wanted === undefined) return null;
  if (validRange(wanted) === null)
    return `wants ${what} “${shown(wanted)}”, which is no range of versions; tell its author`;
  // A preview of a version counts as that version.
  return satisfies(version, wanted, { includePrerelease: true })
    ? null
    : `wants ${what} ${wanted}, and this is ${version}; ${help}`;
}

/** Minor versions add, and the higher peer speaks the lower's: only what is below `min`, or another major, is a misfit. */
function speaks({ min, max }: { min: string; max?: string | undefined }, major: number, minor: number): boolean {
  const [lowMajor = 0, lowMinor = 0] = numbersOf(min);
  const [highMajor = 0] = numbersOf(max ?? min);
  return major <= highMajor && (major > lowMajor || (major === lowMajor && minor >= lowMinor));
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
