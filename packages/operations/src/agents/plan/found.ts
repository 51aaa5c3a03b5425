// Plugins that were found and that nobody installed: they run while somebody writes them, in developer mode, and never else.
import { basename, join } from "node:path";
import { installCommand, packCommand } from "../../allow-command.ts";
import type { AgentConfig } from "../../config/index.ts";
import type { FoundPlugin } from "../../plugins/found-plugin.ts";
import { incompatibilityHere } from "../../plugins/compatibility.ts";
import { descriptionIn, MANIFEST_FILE } from "../../plugins/plugin-folders.ts";
import { judgeFolder } from "../../plugins/judge-folder.ts";
import type { Draft } from "./agent-plan.ts";
import type { TrustGround } from "./ground.ts";
import { hashedFile } from "./hashed-file.ts";
import type { Judged } from "./judged.ts";
import { commandOf, limitsOf } from "./package.ts";
import { ownSettings } from "./own-settings.ts";

/** By the description that lies in its folder now. */
export function draftFound(label: string, config: AgentConfig, plugin: FoundPlugin, env: NodeJS.ProcessEnv): Draft {
  const { pluginId, folder, manifest, linked = [] } = plugin;
  const main = join(folder, manifest.entry);
  return {
    label,
    pluginId,
    name: manifest.name,
    version: manifest.version,
    type: manifest.type,
    program: { kind: "found", files: [main], digest: null, manifest, folder, linked },
    ...commandOf(main, manifest, config.args, env),
    cwd: folder,
    env: config.env,
    config: limitsOf(config, manifest),
    settings: ownSettings(config, manifest.defaults),
    builtin: null,
    runner: null,
    unmet: null,
  };
}

/** `dev` in developer mode, with all that it asks for; else what its signature is worth, which is nothing before it is
 *  installed. */
export function judgeFound({ program, pluginId, version }: Draft, ground: TrustGround): Judged {
  const { files, manifest } = program;
  const folder = program.folder ?? "";
  const [main = ""] = files;
  const requested = [...(manifest?.capabilities ?? []), ...(manifest?.permissions ?? [])];
  const judged = { vouching: "word", digest: null, files, requested, verified: null } as const;
  if (hashedFile(main) === null) {
    const reason = `its program ${basename(main)} is not in ${folder}; correct entry in its plugin.toml`;
    return { ...judged, verdict: "missing-file", reason, granted: [] };
  }
  const misfit = manifest === null ? null : incompatibilityHere(manifest);
  if (misfit !== null) return { ...judged, verdict: "incompatible", reason: `it ${misfit.reason}`, granted: [] };
  if (ground.dev) return { ...judged, verdict: "dev", reason: "", granted: requested };
  const packed = descriptionIn(folder) === join(folder, MANIFEST_FILE);
  const verdict = packed ? judgeFolder(folder, ground).verdict : "unsigned";
  const install = installCommand(packed ? folder : `${pluginId}-${version}.mmpkg`, ground.place);
  const steps = packed ? install : `${packCommand(folder, ground.place)}, then: ${install}`;
  const reason = `it was found in ${folder} and nobody installed it; ${steps}; while you write it: mimolo run --dev`;
  return { ...judged, verdict, reason, granted: [] };
}
