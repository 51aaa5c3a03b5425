// Plugins that somebody is just writing: what of their files ran well last is kept, for when an edit breaks them.
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { Planner } from "../../agents/plan/planner.ts";
import { CollectorError } from "../../error.ts";
import type { FoundPlugin } from "../found-plugin.ts";
import { copyFolder, readFolder } from "./copy-folder.ts";

/** The files of one plugin as they were at one moment. */
interface Copy {
  readonly folder: string;
  /** The same plugin, from there. */
  readonly plugin: FoundPlugin;
  readonly fingerprint: string;
}

interface DevPlugin {
  /** Where the person writes. */
  readonly folder: string;
  /** What was started last. */
  tried: Copy | null;
  /** What ran well last. */
  good: Copy | null;
  /** Whether it is not known yet what that is worth. */
  isTrying: boolean;
}

/** A try of what lies in a folder now; without one there is nothing to do on either way. */
export interface Attempt {
  /** It runs well: what was good before is forgotten. */
  hold(): void;
  /** What is planned from now on is what ran well last. */
  giveUp(): void;
  readonly hint?: string;
}

export interface DevFolderParts {
  readonly planner: Pick<Planner, "heldBack">;
  /** The plugin of this id that lies in a folder now, or what is wrong there. */
  look(pluginId: string, folder: string): FoundPlugin | string;
  /** Where copies lie; emptied at the start. */
  readonly folder: string;
  say(message: string): void;
}

export class DevFolders {
  readonly #parts: DevFolderParts;
  readonly #plugins = new Map<string, DevPlugin>();
  #copies = 0;

  constructor(parts: DevFolderParts) {
    this.#parts = parts;
    // What an earlier run left says nothing about the files of today.
    remove(parts.folder);
  }

  /** Copies what is to be started, before it is: a plugin that is met for the first time. */
  follow(plans: readonly AgentPlan[]): void {
    for (const { pluginId, program, verdict } of plans) {
      if (program.kind !== "found" || program.folder === null || verdict !== "dev") continue;
      if (this.#plugins.has(pluginId)) continue;
      const plugin: DevPlugin = { folder: program.folder, tried: null, good: null, isTrying: false };
      this.#plugins.set(pluginId, plugin);
      const found = this.#parts.look(pluginId, plugin.folder);
      if (typeof found !== "string") plugin.tried = this.#copyOf(found);
    }
  }

  /** Where each of them is written. */
  get folders(): ReadonlyMap<string, string> {
    return new Map([...this.#plugins].map(([id, { folder }]) => [id, folder]));
  }

  /** It does well: what was started is what is gone back to. */
  healthy(pluginId: string): void {
    const plugin = this.#plugins.get(pluginId);
    if (plugin === undefined || plugin.tried === null || plugin.isTrying) return;
    if (this.#parts.planner.heldBack.has(pluginId)) return;
    if (plugin.good !== null && plugin.good !== plugin.tried) remove(plugin.good.folder);
    plugin.good = plugin.tried;
  }

  /** Whether the files are others than those that were started last. */
  isEdited(pluginId: string): boolean {
    const plugin = this.#plugins.get(pluginId);
    if (plugin === undefined) return false;
    const now = readFolder(plugin.folder);
    return now === null || now.fingerprint !== plugin.tried?.fingerprint;
  }

  /** Plans go by what lies in the folder now. Throws `CollectorError` `rolled-back` when that describes no plugin any more. */
  attempt(pluginId: string): Attempt {
    const plugin = this.#plugins.get(pluginId);
    if (plugin === undefined) return { hold: () => undefined, giveUp: () => undefined };
    const { heldBack } = this.#parts.planner;
    const held = heldBack.get(pluginId);
    heldBack.delete(pluginId);
    const found = this.#parts.look(pluginId, plugin.folder);
    if (typeof found === "string") {
      if (held !== undefined) heldBack.set(pluginId, held);
      const hint = "correct it: it is tried again as soon as it is saved";
      throw new CollectorError("rolled-back", `${pluginId} was not reloaded: ${found}; what ran keeps running`, hint);
    }
    const before = plugin.tried;
    plugin.tried = this.#copyOf(found);
    plugin.isTrying = true;
    // What was not seen to do well before its end ran at least.
    const good = plugin.good ?? before;
    return {
      hold: () => {
        plugin.isTrying = false;
        if (before !== null && before !== plugin.good && before !== plugin.tried) remove(before.folder);
        this.healthy(pluginId);
      },
      giveUp: () => {
        plugin.isTrying = false;
        plugin.good = good;
        if (good === null) return;
        heldBack.set(pluginId, good.plugin);
        if (plugin.tried !== null && plugin.tried !== good) remove(plugin.tried.folder);
      },
      hint: `correct it in ${plugin.folder}: it is tried again as soon as it is saved`,
    };
  }

  #copyOf(plugin: FoundPlugin): Copy | null {
    const { pluginId, folder } = plugin;
    const files = readFolder(folder);
    const to = join(this.#parts.folder, pluginId, `${++this.#copies}-${basename(folder)}`);
    try {
      if (files === null) throw new Error("it is larger than a plugin may be");
      mkdirSync(this.#parts.folder, { recursive: true, mode: 0o700 });
      copyFolder(folder, files, to);
      // In its sandbox it sees of its modules what it saw where it is written.
      const modules = files.modules.map((path) => realpathSync(join(folder, path)));
      const linked = modules.filter((path) => path.startsWith(`${folder}${sep}`));
      const copied = { ...plugin, folder: to, file: join(to, relative(folder, plugin.file)), linked };
      return { folder: to, plugin: copied, fingerprint: files.fingerprint };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.say(`there is no way back from an edit of ${pluginId}, ${folder} could not be copied: ${why}`);
      return null;
    }
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
