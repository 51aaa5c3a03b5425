// Files and folders that an agent is told of and will not see behind its walls.
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { allowCommand, type AllowPlace, grantCommand } from "../allow-command.ts";
import { isTable } from "../config/layer.ts";
import { absolutePath } from "../config/path-value.ts";
import { isSecretReference } from "../config/secret-reference.ts";
import { filesGranted, homeIn } from "./confinement.ts";
import { isFolderOrAbove } from "./folders.ts";
import { realPath } from "./plan/hashed-file.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";

export interface UnseenAround extends AllowPlace {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether anything here holds agents at all; asked only when something would not be seen. */
  confines(): boolean;
}

/** What every agent sees of the system, and the root itself, which is more often the begin of a path elsewhere. */
const OF_THE_SYSTEM = /^\/(?:(?:usr|bin|sbin|lib\w*|etc|dev|proc|sys)(?:\/|$)|$)/;

/** A sentence for each setting, of these keys or of all, that names something that is there and that this agent will not see, with
 *  the way to that. Programs that run in no sandbox see it, and so may what is built in. */
export function unseenSettings(plan: AgentPlan, around: UnseenAround, keys?: readonly string[]): string[] {
  const { kind } = plan.program;
  if (plan.sandbox === "off" || kind === "builtin" || kind === "found") return [];
  const visible = visibleTo(plan, around);
  if (visible === "all") return [];
  const named = Object.entries(plan.settings).flatMap(([key, value]) =>
    keys === undefined || keys.includes(key) ? pathsIn(value, plan.cwd) : [],
  );
  const isSeen = (path: string) => {
    const real = realPath(path) ?? path;
    return OF_THE_SYSTEM.test(real) || visible.some((folder) => isFolderOrAbove(realPath(folder) ?? folder, real));
  };
  const unseen = [...new Set(named)].filter((path) => existsSync(path) && !isSeen(path));
  if (unseen.length === 0 || !around.confines()) return [];
  return unseen.map((path) => `${path} lies outside what ${plan.label} may see; ${wayThere(plan, around)}`);
}

function visibleTo({ program, granted, cwd }: AgentPlan, { dataDir, env }: UnseenAround): readonly string[] | "all" {
  const folders = granted.includes("filesystem")
    ? filesGranted(program, { ownFolder: dataDir, home: homeIn(env) })
    : "none";
  if (folders === "all") return "all";
  const own = program.folder === null ? [...program.files, ...(program.kind === "own" ? [cwd] : [])] : [program.folder];
  return [dataDir, ...own, ...(folders === "none" ? [] : [...folders.read, ...folders.write])];
}

/** Texts that are written as paths; a bare word may be one, and is more often something else. */
function pathsIn(value: unknown, cwd: string): string[] {
  if (isSecretReference(value)) return [];
  if (typeof value === "string") {
    const isPath = value.length <= 4_096 && (isAbsolute(value) || /^(?:~|\.\.?)(?:[\\/]|$)/.test(value));
    return isPath ? [absolutePath(value, cwd)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each: unknown) => pathsIn(each, cwd));
  return isTable(value) ? Object.values(value).flatMap((each) => pathsIn(each, cwd)) : [];
}

function wayThere({ program, granted, requested, pluginId, executable }: AgentPlan, place: AllowPlace): string {
  const [file] = program.files;
  if (program.kind === "own")
    return `it has no filesystem grant: ${allowCommand(file ?? executable, place)} --grant ${[...granted, "filesystem"].join(" ")}`;
  if (granted.includes("filesystem"))
    return "of files it sees what its plugin.toml names: its author has to name more under [plugin.filesystem]";
  if (requested.includes("filesystem"))
    return `it has no filesystem grant: ${grantCommand(pluginId, ["filesystem"], place)}`;
  return "it asks for no files, so none can be granted: its author has to ask for filesystem in plugin.toml";
}
