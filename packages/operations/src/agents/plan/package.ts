// Installed packages: their signature, every file of theirs and the user's consent, at every launch.
import { join } from "node:path";
import { resolveExecutable } from "@mimolo/supervisor";
import { judgePackage } from "@mimolo/trust";
import { checkFolder } from "@mimolo/trust/package";
import type { AgentConfig } from "../../config/index.ts";
import type { PluginDescription } from "../../plugins/found-plugin.ts";
import { version } from "../../version.ts";
import type { Draft, InstalledProgram } from "./agent-plan.ts";
import type { TrustGround } from "./ground.ts";
import { LARGEST_HANDED_BYTES } from "./hashed-file.ts";
import type { Judged } from "./judged.ts";
import { ownSettings } from "./own-settings.ts";
import { readPackageFolder } from "./package-folder.ts";

type Stored = Pick<InstalledProgram, "pluginId" | "version" | "folder">;

/** By the manifest that lies in the store now; one that cannot be read leaves a draft that nothing can be started from. */
export function draftPackage(
  label: string,
  config: AgentConfig,
  { pluginId, version: installed, folder }: Stored,
  env: NodeJS.ProcessEnv,
): Draft {
  const { manifest, digest } = readPackageFolder(folder);
  const program = join(folder, manifest?.entry ?? "");
  return {
    label,
    pluginId,
    name: manifest?.name ?? pluginId,
    version: installed,
    type: manifest?.type ?? "agent",
    program: { kind: "package", files: [program], digest, manifest, folder },
    ...commandOf(program, manifest, config.args, env),
    cwd: folder,
    env: config.env,
    config: limitsOf(config, manifest),
    settings: ownSettings(config, manifest?.defaults),
    builtin: null,
    runner: null,
    unmet: null,
  };
}

export function judgeInstalled({ program, pluginId }: Draft, { trust, nowMs }: TrustGround): Judged {
  const folder = program.folder ?? "";
  const found = readPackageFolder(folder);
  const { manifest, digest } = found;
  const files = manifest === null ? null : checkFolder(folder, manifest);
  const { platform, versions } = process;
  const around = { version, platform, node: versions.node, nowMs, stage: "launch" } as const;
  const judged = judgePackage({ ...found, files: files ?? { ok: true } }, trust, around);
  // Another manifest than the one its command line was made from: what is started must be what was judged.
  const replaced = judged.verdict === "trusted" && digest !== program.digest;
  const entry = trust.allow.find((each) => each.kind === "package" && each.plugin_id === pluginId);
  const requested = [...(manifest?.capabilities ?? []), ...(manifest?.permissions ?? [])];
  const [main = ""] = program.files;
  const bytes = files?.ok === true && files.entryBytes.length <= LARGEST_HANDED_BYTES ? files.entryBytes : null;
  return {
    verdict: replaced ? "modified" : judged.verdict,
    reason: replaced ? `its package was replaced while it was planned; mimolo plugin info ${pluginId}` : judged.reason,
    vouching: "digest",
    digest,
    files: program.files,
    requested,
    granted: requested.filter((name) => entry?.grants.includes(name)),
    verified: bytes === null ? null : { path: main, bytes },
  };
}

/** What a plugin says of its needs holds where the configuration says nothing. */
export function limitsOf(config: AgentConfig, manifest: PluginDescription | null): AgentConfig {
  return {
    ...config,
    memory_mib: config.memory_mib ?? manifest?.limits.memory_mib,
    cpu_budget_percent: config.cpu_budget_percent ?? manifest?.limits.cpu_percent,
  };
}

/** The program by its runtime; an interpreter that is missing fails at the spawn, in its own words. */
export function commandOf(
  program: string,
  manifest: PluginDescription | null,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { executable: string; args: readonly string[] } {
  const interpreted = (name: string) => {
    const found = resolveExecutable(name, { cwd: "/", env });
    return { executable: found.ok ? found.path : name, args: [program, ...args] };
  };
  switch (manifest?.runtime) {
    case "python":
      return interpreted(process.platform === "win32" ? "python" : "python3");
    case "shell":
      return interpreted("sh");
    case "native":
      return { executable: program, args };
    default:
      return { executable: process.execPath, args: [program, ...args] };
  }
}
