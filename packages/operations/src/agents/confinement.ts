// What a plan's agent may see and touch, in the supervisor's words.
import { homedir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { existsSync } from "node:fs";
import { type Confinement, describeRuntime, type SpawnRequest } from "@mimolo/supervisor";
import { socketPath } from "../control/address.ts";
import { dataDirectory } from "../data-directory.ts";
import { isFolderOrAbove } from "./folders.ts";
import { moduleFolders } from "./module-folders.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import { realPath } from "./plan/hashed-file.ts";
import type { VerifiedFile } from "./plan/judged.ts";

/** Where it is put up. */
export interface ConfinedPlace {
  /** The agent's own folder. */
  readonly ownFolder: string;
  /** The collector's data directory, of which an agent sees nothing else. */
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The confinement of one launch; `request` is what would be run without. */
export function confinementOf(
  plan: AgentPlan,
  request: SpawnRequest,
  verified: VerifiedFile | null,
  { ownFolder, dataDir, env }: ConfinedPlace,
): Confinement {
  const [program] = plan.program.files;
  const { cwd, environment } = request;
  const files = filesOf(plan, request, ownFolder, homeIn(env));
  // With every file granted, those beside a script of the user's are among them; what lies in the data directory is not.
  const isOpen = (path: string) => files === "all" && plan.program.kind === "own" && !isFolderOrAbove(dataDir, path);
  const runtime = describeRuntime(request.executable, {
    env: environment,
    cwd,
    ...(program === undefined ? {} : { firstFile: program }),
  });
  const modules = runtime.kind === "node" ? modulesOf(plan, homeIn(env), dataDir) : [];
  const own = [...new Set([...programOf(plan, homeIn(env), dataDir), ...modules])];
  return {
    capabilities: new Set(plan.granted),
    files,
    ownFolder,
    program: own.filter((path) => !isOpen(path)),
    hidden: [...hiddenIn(dataDir, files), ...socketFolder(dataDir, env)],
    runtime,
    ...(verified === null ? {} : { verified }),
  };
}

/** The user's home, as the collector knows it. */
export function homeIn(env: ConfinedPlace["env"]): string {
  return env["HOME"] ?? env["USERPROFILE"] ?? homedir();
}

/** The same request with the program by its real path: a link is not shown where it points to. */
export function withRealProgram(request: SpawnRequest, { program }: AgentPlan): SpawnRequest {
  const [main] = program.files;
  if (program.kind !== "own" || main === undefined) return request;
  const index = request.args.findIndex((argument) => realPath(resolve(request.cwd, argument)) === main);
  if (index === -1) return request;
  return { ...request, args: request.args.with(index, main) };
}

function filesOf(plan: AgentPlan, request: SpawnRequest, ownFolder: string, home: string): Confinement["files"] {
  const { builtin, program, granted } = plan;
  if (builtin?.rootsFor !== undefined) {
    const { cwd, environment } = request;
    return { read: builtin.rootsFor(plan.settings, { cwd, environment }), write: [] };
  }
  return granted.includes("filesystem") ? filesGranted(program, { ownFolder, home }) : "none";
}

/** The files that the grant to see any means for this program. */
export function filesGranted(
  program: AgentPlan["program"],
  { ownFolder, home }: { readonly ownFolder: string; readonly home: string },
): Exclude<Confinement["files"], "none"> {
  const { read = [], write = [] } = program.manifest?.filesystem ?? {};
  if (read.length + write.length === 0) return "all";
  const rooted = (root: string) =>
    root
      .replace(/^\$PLUGIN/, () => program.folder ?? "")
      .replace(/^\$DATA/, () => ownFolder)
      .replace(/^\$HOME/, () => home);
  return { read: read.map(rooted), write: write.map(rooted) };
}

/** The data directory; of one that people work in too, only what the collector keeps there. */
function hiddenIn(dataDir: string, files: Confinement["files"]): string[] {
  const roots = typeof files === "string" ? [] : [...files.read, ...files.write];
  if (!roots.some((root) => isFolderOrAbove(dataDir, root))) return [dataDir];
  return keptIn(dataDir);
}

/** Where the control socket lies if the data directory's path is too long for it: whoever speaks there may grant anything. */
function socketFolder(dataDir: string, env: ConfinedPlace["env"]): string[] {
  if (process.platform === "win32") return [];
  const folder = dirname(socketPath(dataDirectory(dataDir), env));
  return isFolderOrAbove(dataDir, folder) ? [] : [folder];
}

/** The folders at the top of a data directory. */
function keptIn(dataDir: string): string[] {
  const names = Object.values(dataDirectory(dataDir)).map((path) => relative(dataDir, path).split(sep)[0] ?? "");
  return [...new Set(names)].filter((name) => name !== "").map((name) => join(dataDir, name));
}

/** A package's folder, or the folders its own files lie in; of a folder that holds much more than a program only the file. */
function programOf({ program }: AgentPlan, home: string, dataDir: string): string[] {
  if (program.folder !== null) return [program.folder, ...(program.linked ?? [])];
  const realHome = realPath(home) ?? home;
  const realData = realPath(dataDir) ?? dataDir;
  const closed = keptIn(realData).filter((path) => path !== dataDirectory(realData).plugins);
  // What lies above is shown with the data directory covered; in there nothing is.
  const isClosed = (folder: string) => folder === realData || closed.some((path) => isFolderOrAbove(path, folder));
  return [
    ...new Set(
      program.files.flatMap((file) => {
        const folder = dirname(file);
        if (program.kind === "builtin") return [file];
        if (!isFolderOrAbove(folder, realHome) && !isClosed(folder) && basename(folder) !== "bin") return [folder];
        return [file, join(folder, "node_modules")].filter((path) => existsSync(path));
      }),
    ),
  ];
}

/** What a script of the user's imports from beside and above it; nothing that the collector keeps. */
function modulesOf({ program }: AgentPlan, home: string, dataDir: string): string[] {
  if (program.kind !== "own") return [];
  const realData = realPath(dataDir) ?? dataDir;
  return program.files
    .flatMap((file) => moduleFolders(dirname(file), realPath(home) ?? home))
    .filter((path) => !isFolderOrAbove(realData, realPath(path) ?? path));
}
