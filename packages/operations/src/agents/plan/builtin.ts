// Agents that ship with MiMoLo: trusted by the digests they came with, and granted what they ask for.
import type { BuiltinPlugin } from "@mimolo/protocol";
import { verdictOf } from "@mimolo/trust";
import type { AgentConfig } from "../../config/index.ts";
import type { Draft } from "./agent-plan.ts";
import { hashedFile } from "./hashed-file.ts";
import type { Judged } from "./judged.ts";
import { ownSettings } from "./own-settings.ts";

export function draftBuiltin(label: string, config: AgentConfig, builtin: BuiltinPlugin, cwd: string): Draft {
  return {
    label,
    pluginId: builtin.plugin_id,
    name: builtin.name,
    version: builtin.version,
    type: builtin.type,
    program: { kind: "builtin", files: [builtin.entry], digest: null, manifest: null, folder: null },
    executable: process.execPath,
    args: [builtin.entry],
    cwd,
    env: config.env,
    config,
    settings: ownSettings(config, builtin.defaults),
    builtin,
    runner: null,
    unmet: null,
  };
}

export function judgeBuiltin(builtin: BuiltinPlugin): Judged {
  const { entry } = builtin;
  const found = hashedFile(entry);
  const actual = found?.sha256 ?? null;
  const verdict = verdictOf({ kind: "builtin", expectedSha256: builtin.sha256, actualSha256: actual });
  const asked = [...builtin.capabilities, ...builtin.permissions];
  return {
    verdict,
    reason: verdict === "trusted" ? "" : `its file ${entry} is ${verdict}; install MiMoLo again to mend it`,
    vouching: "builtin",
    digest: actual,
    files: [entry],
    requested: asked,
    granted: asked,
    verified: found?.bytes == null ? null : { path: entry, bytes: found.bytes },
  };
}
