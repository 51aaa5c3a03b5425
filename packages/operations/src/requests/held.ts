// What a plugin may ask for, and the command that lets it.
import type { Permission } from "@mimolo/protocol";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import { allowCommand, type AllowPlace, grantCommand } from "../allow-command.ts";

/** What a plugin says of itself; `null` for a script of one's own. */
export function manifestOf({ builtin, program }: Pick<AgentPlan, "builtin" | "program">): {
  readonly interfaces: readonly string[];
  readonly permissions: readonly string[];
} | null {
  return builtin ?? program.manifest;
}

/** What helps a plugin that lacks this permission: a command to paste, or who has to do what. */
export function permissionHint(plan: AgentPlan, permission: Permission, place: AllowPlace): string {
  const { pluginId, program, granted, executable, verdict } = plan;
  const asks = manifestOf(plan)?.permissions.includes(permission) === true;
  switch (program.kind) {
    case "package":
      return asks
        ? grantCommand(pluginId, [permission], place)
        : `its package does not ask for it; its author has to: permissions = ["${permission}"] in plugin.toml`;
    case "found":
      return `permissions = ["${permission}"] in the [plugin] table of its plugin.toml`;
    case "builtin":
      return "it came with MiMoLo and asks for no more than it needs";
    case "own": {
      const [file = executable] = program.files;
      const allow = `${allowCommand(file, place)} --grant ${[...granted, permission].join(" ")}`;
      const isByWord = program.digest === null && verdict === "trusted";
      return isByWord ? `${allow}; or, where it is embedded: allow: [{ path, grants: ["${permission}"] }]` : allow;
    }
  }
}
