import { basename } from "node:path";
import type { Verdict } from "@mimolo/protocol";
import { type AllowPlace, grantCommand } from "../allow-command.ts";
import type { BrokenPlugin, InstalledPlugin } from "../trust/installed-plugin.ts";
import type { FoundPlugin, PluginDescription } from "./found-plugin.ts";
import { type JudgedBy, judgeFolder } from "./judge-folder.ts";
import { MANIFEST_FILE } from "./plugin-folders.ts";

/** A plugin that is here and that nothing runs. */
export interface IdlePlugin {
  readonly pluginId: string;
  readonly version: string;
  /** `null` when it can no longer be read. */
  readonly manifest: PluginDescription | null;
  readonly path: string;
  readonly verdict: Verdict;
  /** Why it could not run, in a sentence; empty when it could, or when it only was found. */
  readonly reason: string;
}

/** An installed package, judged from all its files as before a launch; a trusted one may still want to be granted something. */
export function idleInstalled(installed: InstalledPlugin, by: JudgedBy, place: AllowPlace): IdlePlugin {
  const { pluginId, version: stored, folder, manifest, digest } = installed;
  const { verdict, reason } = judgeFolder(folder, by);
  const granted = by.trust.allow.find((entry) => entry.plugin_id === pluginId && entry.digest === digest)?.grants ?? [];
  const missing = manifest.capabilities.filter((capability) => !granted.includes(capability));
  const wants = `needs consent: ${missing.join(", ")}; grant with: ${grantCommand(pluginId, missing, place)}`;
  const why = verdict === "trusted" && missing.length > 0 ? wants : reason;
  return { pluginId, version: stored, manifest, path: folder, verdict, reason: why };
}

/** One whose manifest is gone. */
export function idleBroken({ pluginId, version: stored, folder, verdict, reason }: BrokenPlugin): IdlePlugin {
  return { pluginId, version: stored, manifest: null, path: folder, verdict, reason };
}

/** One that merely lies there. An unpacked package may bear a signature, but what nobody installed is `not-allowlisted` at
 *  best. */
export function idleFound({ pluginId, manifest, folder, file }: FoundPlugin, by: JudgedBy): IdlePlugin {
  const packed = basename(file) === MANIFEST_FILE;
  const verdict = packed ? judgeFolder(folder, by).verdict : "unsigned";
  return { pluginId, version: manifest.version, manifest, path: folder, verdict, reason: "" };
}
