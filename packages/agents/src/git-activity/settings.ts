// The agent's own settings, as they stand under `[plugins.<label>]`.
import { resolve } from "node:path";

/** What the agent watches; every key may be left out. */
export interface GitActivitySettings {
  /** Folders whose repositories are watched: the one each lies in, else those below it. Default: the current one. */
  readonly watchDirs: readonly string[];
  readonly clientId: string | null;
  readonly clientName: string | null;
}

/** Values as they stand in a `mimolo.toml` that says nothing. */
export const GIT_ACTIVITY_DEFAULTS = { watch_dirs: ["."] };

/** Reads settings; a value of the wrong kind is named in `problems`, and the default holds. */
export function readGitActivitySettings(
  config: Readonly<Record<string, unknown>>,
  cwd: string,
): { settings: GitActivitySettings; problems: string[] } {
  const problems: string[] = [];
  const folders = (): readonly string[] => {
    const value = config["watch_dirs"] ?? GIT_ACTIVITY_DEFAULTS.watch_dirs;
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    if (typeof value === "string") return [value];
    problems.push("watch_dirs should be a list of texts");
    return GIT_ACTIVITY_DEFAULTS.watch_dirs;
  };
  const text = (key: "client_id" | "client_name"): string | null => {
    const value = config[key];
    if (value === undefined || value === null || typeof value === "string") return value ?? null;
    problems.push(`${key} should be a text`);
    return null;
  };
  const settings: GitActivitySettings = {
    watchDirs: [...new Set(folders().map((folder) => resolve(cwd, folder)))],
    clientId: text("client_id"),
    clientName: text("client_name"),
  };
  return { settings, problems };
}
