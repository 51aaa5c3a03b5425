// Plugins that somebody is just writing: what of their files ran well last is kept, for when an edit breaks them.
import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { Planner } from "../../agents/plan/planner.ts";
import { CollectorError } from "../../error.ts";
import type { FoundPlugin } from "../found-plugin.ts";
import { descriptionIn } from "../plugin-folders.ts";
import { readDescription } from "../read-description.ts";
import { copyFolder, readFolder } from "./copy-folder.ts";

/** The files of one plugin as they were at one moment. */
interface Copy {
  readonly folder: string;
  readonly fingerprint: string;
}

interface DevPlugin {
  /** Where the person writes. */
  readonly folder: string;
  /** What was started last. */
  tried: Copy | null;
  /** What ran well last. */
  good: Copy | null;
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
  }

  /** Copies what is to be started, before it is: a plugin that is met for the first time. */
  follow(plans: readonly AgentPlan[]): void {
    for (const { pluginId, program, verdict } of plans) {
      if (program.kind !== "found" || program.folder === null || verdict !== "dev") continue;
      if (this.#plugins.has(pluginId)) continue;
      const plugin: DevPlugin = { folder: program.folder, tried: null, good: null };
      this.#plugins.set(pluginId, plugin);
      plugin.tried = this.#copyOf(pluginId, plugin.folder);
    }
  }

  /** Where each of them is written. */
  get folders(): ReadonlyMap<string, string> {
    return new Map([...this.#plugins].map(([id, { folder }]) => [id, folder]));
  }

  /** It does well: what was started is what is gone back to. */
  healthy(pluginId: string): void {
    const plugin = this.#plugins.get(pluginId);
    if (plugin === undefined || plugin.tried === null || this.#parts.planner.heldBack.has(pluginId)) return;
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
    this.#refuseUnreadable(pluginId, plugin.folder);
    const { heldBack } = this.#parts.planner;
    heldBack.delete(pluginId);
    const before = plugin.tried;
    plugin.tried = this.#copyOf(pluginId, plugin.folder);
    const { good } = plugin;
    return {
      hold: () => {
        if (before !== null && before !== plugin.good && before !== plugin.tried) remove(before.folder);
        this.healthy(pluginId);
      },
      giveUp: () => {
        const copied = good === null ? null : asFound(pluginId, good.folder);
        if (copied !== null) heldBack.set(pluginId, copied);
      },
      hint: `correct it in ${plugin.folder}: it is tried again as soon as it is saved`,
    };
  }

  #refuseUnreadable(pluginId: string, folder: string): void {
    const file = descriptionIn(folder);
    const read = file === undefined ? null : readDescription(file);
    if (read?.ok === true && read.manifest.id === pluginId) return;
    const why =
      read === null
        ? `there is no plugin.toml in ${folder} any more`
        : read.ok
          ? `${file} says id = "${read.manifest.id}" now`
          : `${read.problem.path}${read.problem.line === undefined ? "" : `:${read.problem.line}`}: ${read.problem.message}`;
    throw new CollectorError(
      "rolled-back",
      `${pluginId} was not reloaded: ${why}; what ran keeps running`,
      "correct it: it is tried again as soon as it is saved",
    );
  }

  #copyOf(pluginId: string, folder: string): Copy | null {
    const files = readFolder(folder);
    const to = join(this.#parts.folder, pluginId, `${++this.#copies}-${basename(folder)}`);
    try {
      if (files === null) throw new Error("it is larger than a plugin may be");
      mkdirSync(this.#parts.folder, { recursive: true, mode: 0o700 });
      copyFolder(folder, files, to);
      return { folder: to, fingerprint: files.fingerprint };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.say(`there is no way back from an edit of ${pluginId}, ${folder} could not be copied: ${why}`);
      return null;
    }
  }
}

function asFound(pluginId: string, folder: string): FoundPlugin | null {
  const file = descriptionIn(folder);
  const read = file === undefined ? null : readDescription(file);
  if (file === undefined || read?.ok !== true) return null;
  return { pluginId, source: "dev", folder, file, manifest: read.manifest };
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
