import { incompatibility } from "@mimolo/trust";
import { version } from "../version.ts";
import type { PluginDescription } from "./found-plugin.ts";

export interface Misfit {
  /** The key that says so, below the plugin's own table. */
  readonly path: readonly string[];
  /** The rest of a sentence after the plugin's name, with what helps. */
  readonly reason: string;
}

/** What keeps a plugin from running with this MiMoLo, this Node and on this platform, whoever trusts it; `null` when nothing does.
 *  Python is asked when the plugin is installed: that takes a process. */
export function incompatibilityHere(manifest: PluginDescription): Misfit | null {
  const { engines, platforms, protocol, runtime } = manifest;
  const isNode = runtime === undefined || runtime === "node";
  const claims = [
    { path: ["platforms"], says: { platforms, engines: {} } },
    { path: ["protocol"], says: { protocol, engines: {} } },
    { path: ["engines", "mimolo"], says: { engines: { mimolo: engines.mimolo } } },
    { path: ["engines", "node"], says: { engines: { node: isNode ? engines.node : undefined } } },
  ];
  const around = { version, platform: process.platform, node: process.versions.node };
  for (const { path, says } of claims) {
    const reason = incompatibility(says, around);
    if (reason !== null) return { path, reason };
  }
  return null;
}
