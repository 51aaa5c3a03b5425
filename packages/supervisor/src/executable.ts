import { accessSync, constants, type Stats, statSync } from "node:fs";
import { posix, win32 } from "node:path";

/** The file to run, or which of the two things is wrong with it and a sentence that says so. */
export type ResolvedExecutable =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: "not-found" | "not-executable"; readonly message: string };

/** Where to look: relative paths from `cwd`, bare names along `PATH` of `env`. */
export interface ResolveContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

/** Finds what a spawn would run, before the spawn: wrappers hide which of "missing" and "not executable" it was. */
export function resolveExecutable(command: string, context: ResolveContext): ResolvedExecutable {
  const platform = context.platform ?? process.platform;
  if (!isDirectory(context.cwd)) return refused("not-found", noFolder(context.cwd));
  let almost: string | undefined;
  for (const candidate of candidatesOf(command, context)) {
    const fault = whyNot(candidate, platform);
    if (fault === null) return { ok: true, path: candidate };
    if (fault !== MISSING) almost ??= `${candidate} ${fault}`;
  }
  if (almost !== undefined) return refused("not-executable", almost);
  const where = isPath(command, platform) ? pathsOf(platform).resolve(context.cwd, command) : `${command} in PATH`;
  return refused("not-found", `there is no ${where}`);
}

/** Every file the command could mean, in the order they are tried. */
export function candidatesOf(command: string, context: ResolveContext): string[] {
  const platform = context.platform ?? process.platform;
  const { resolve } = pathsOf(platform);
  const folders = isPath(command, platform) ? ["."] : searchPath(context.env, platform);
  return folders.flatMap((folder) =>
    extensions(command, context.env, platform).map((extension) => resolve(context.cwd, folder, command + extension)),
  );
}

const pathsOf = (platform: NodeJS.Platform) => (platform === "win32" ? win32 : posix);
const isPath = (command: string, platform: NodeJS.Platform) =>
  command.includes("/") || (platform === "win32" && command.includes("\\"));

const MISSING = "is missing";

function whyNot(candidate: string, platform: NodeJS.Platform): string | null {
  let found: Stats;
  try {
    found = statSync(candidate);
  } catch (error) {
    return isDenied(error) ? "cannot be reached: a folder above it is closed to us" : MISSING;
  }
  if (found.isDirectory()) return "is a folder";
  if (platform === "win32") {
    return /\.(cmd|bat)$/i.test(candidate)
      ? "is a batch file, which only a shell runs: name its program instead"
      : null;
  }
  try {
    accessSync(candidate, constants.X_OK);
    return null;
  } catch {
    return `is not executable: chmod +x ${candidate}`;
  }
}

function searchPath(env: ResolveContext["env"], platform: NodeJS.Platform): string[] {
  if (platform !== "win32") return (env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(":").map((dir) => dir || ".");
  const value = Object.entries(env).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  return [".", ...value.split(";").filter((dir) => dir !== "")];
}

/** On Windows a name without one of the known extensions stands for each of them in turn. */
function extensions(command: string, env: ResolveContext["env"], platform: NodeJS.Platform): string[] {
  if (platform !== "win32") return [""];
  const value = Object.entries(env).find(([name]) => name.toUpperCase() === "PATHEXT")?.[1] ?? ".COM;.EXE;.BAT;.CMD";
  const known = value.split(";").filter((extension) => extension !== "");
  const has = known.some((extension) => command.toLowerCase().endsWith(extension.toLowerCase()));
  return has ? [""] : known;
}

/** Says that a working folder is missing: the system itself only says ENOENT, as it does for a missing program. */
const noFolder = (cwd: string) => `the working folder ${cwd} does not exist`;

function isDirectory(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EACCES";
}

const refused = (code: "not-found" | "not-executable", message: string) => ({ ok: false, code, message }) as const;
