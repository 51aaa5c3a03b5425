// What plugins keep with the collector: a small store of values by key, a file for each plugin.
import { join } from "node:path";
import { type PluginFile, openPluginFile } from "./plugin-file.ts";

/** The longest key, in characters. */
export const MOST_KEY_CHARACTERS = 256;

/** All of it. Plugins see their own alone. */
export class PluginData {
  readonly #folder: string;
  readonly #files = new Map<string, PluginFile>();

  /** `stateFolder` is the data directory's `state`. */
  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, "plugin-data");
  }

  of(pluginId: string): PluginFile {
    let file = this.#files.get(pluginId);
    if (file === undefined) this.#files.set(pluginId, (file = openPluginFile(join(this.#folder, `${pluginId}.json`))));
    return file;
  }

  /** Resolves when everything that was promised is on the disk. */
  async close(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.idle()));
  }
}
