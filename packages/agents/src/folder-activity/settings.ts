// The agent's own settings, as they stand under `[plugins.<label>]`.
import { resolve } from "node:path";
import { homedir } from "node:os";

/** What the agent does; every key may be left out. */
export interface FolderActivitySettings {
  /** Folders to watch, absolute. Default: the current one. */
  readonly watchDirs: readonly string[];
  /** Only files with these extensions count (lower-case, with dot); none means all. */
  readonly extensions: readonly string[];
  /** More patterns in gitignore form, relative to each watched folder. */
  readonly ignore: readonly string[];
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** Events on one path within this time count once. Default 1 s. */
  readonly coalesceWindowMs: number;
  /** Most paths named in a summary. Default 10. */
  readonly pathSamplesLimit: number;
}

/** Values as they stand in a `mimolo.toml` that says nothing. */
export const FOLDER_ACTIVITY_DEFAULTS = {
  watch_dirs: ["."],
  extensions: [] as string[],
  ignore: [] as string[],
  coalesce_window_s: 1,
  emit_path_samples_limit: 10,
};

/** Reads settings; a value of the wrong kind is named in `problems`, and the default holds. */
export function readFolderActivitySettings(
  config: Readonly<Record<string, unknown>>,
  cwd: string,
): { settings: FolderActivitySettings; problems: string[] } {
  const problems: string[] = [];
  const texts = (key: "watch_dirs" | "extensions" | "ignore"): readonly string[] => {
    const value = config[key];
    if (value === undefined) return FOLDER_ACTIVITY_DEFAULTS[key];
    if (typeof value === "string") return [value];
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    problems.push(`${key} should be a list of texts`);
    return FOLDER_ACTIVITY_DEFAULTS[key];
  };
  const number = (key: "coalesce_window_s" | "emit_path_samples_limit", most: number): number => {
    const value = config[key];
    if (value === undefined) return FOLDER_ACTIVITY_DEFAULTS[key];
    if (typeof value === "number" && value >= 0 && value <= most) return value;
    problems.push(`${key} should be a number from 0 to ${most}`);
    return FOLDER_ACTIVITY_DEFAULTS[key];
  };
  const text = (key: "client_id" | "client_name"): string | null => {
    const value = config[key];
    if (value === undefined || value === null || typeof value === "string") return value ?? null;
    problems.push(`${key} should be a text`);
    return null;
  };
  const settings: FolderActivitySettings = {
    watchDirs: [...new Set(texts("watch_dirs").map((folder) => resolve(cwd, fromHome(folder))))],
    extensions: texts("extensions").map((ext) => (ext.startsWith(".") ? ext : `.${ext}`).toLowerCase()),
    ignore: texts("ignore"),
    clientId: text("client_id"),
    clientName: text("client_name"),
    coalesceWindowMs: number("coalesce_window_s", 3_600) * 1_000,
    pathSamplesLimit: Math.floor(number("emit_path_samples_limit", 1_000)),
  };
  return { settings, problems };
}

function fromHome(folder: string): string {
  return folder === "~" || folder.startsWith("~/") ? homedir() + folder.slice(1) : folder;
}
