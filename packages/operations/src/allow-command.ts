import { shellWord } from "@mimolo/trust";
import { resolveDataDirectory } from "./data-directory.ts";

export interface AllowPlace {
  /** The data directory whose keyring is asked; named only when it is not the one that `env` leads to. */
  readonly dataDir?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The command that allows a script, or a folder's configuration, to be pasted into a shell: `mimolo allow /abs/agent.py`. */
export function allowCommand(path: string, place: AllowPlace = {}): string {
  return `mimolo allow ${shellWord(path)}${dataDirFlag(place)}`;
}

/** The command that grants capabilities to an installed plugin: `mimolo plugin grant acme.x filesystem`. */
export function grantCommand(pluginId: string, capabilities: readonly string[], place: AllowPlace = {}): string {
  return `mimolo plugin grant ${pluginId} ${capabilities.join(" ")}${dataDirFlag(place)}`;
}

/** The command that makes a signed package of a plugin's folder. */
export function packCommand(folder: string, place: AllowPlace = {}): string {
  return `mimolo plugin pack ${shellWord(folder)} --sign${dataDirFlag(place)}`;
}

/** The command that installs a package, an unpacked one, or a version of a plugin from a registry: `acme.x@^1`. */
export function installCommand(path: string, place: AllowPlace = {}): string {
  return `mimolo plugin install ${shellWord(path)}${dataDirFlag(place)}`;
}

/** The command that switches a plugin on. */
export function enableCommand(pluginId: string, place: AllowPlace = {}): string {
  return `mimolo plugin enable ${pluginId}${dataDirFlag(place)}`;
}

function dataDirFlag({ dataDir, env = process.env }: AllowPlace): string {
  const usual = dataDir === undefined || dataDir === resolveDataDirectory(undefined, { ...env });
  return usual ? "" : ` --data-dir ${shellWord(dataDir)}`;
}

export { shellWord };
