// One plugin started anew while everything else goes on: from the files that lie there now, or in another version.
import type { PluginChangeReport, PluginState } from "@mimolo/protocol";
import type { Agents } from "../../agents/agents.ts";
import type { Planner } from "../../agents/plan/planner.ts";
import type { ConfigInEffect } from "../../config-in-effect.ts";
import { ConfigError } from "../../config/index.ts";
import { CollectorError } from "../../error.ts";
import type { Planned } from "../../reload/planned.ts";
import type { Reloader } from "../../reload/reloader.ts";
import type { Swap } from "../../reload/swap.ts";
import type { Trial } from "../../trust/trial.ts";
import { knownOf } from "../switch/in-the-way.ts";
import { runningLabels } from "../switch/overlay.ts";
import type { DevFolders } from "./dev-folders.ts";
import { isIdle, plannedAnew } from "./replacement.ts";
import { unfitSettings } from "./unfit-settings.ts";

export interface ReloadParts {
  readonly agents: Agents;
  readonly planner: Planner;
  readonly effect: ConfigInEffect;
  readonly reloader: Pick<Reloader, "inTurn" | "swap" | "whyNotUp">;
  readonly dev: DevFolders;
  current(): Planned;
  stateOf(id: string): PluginState;
  say(what: { type: "collector"; level?: "warning"; code: string; message: string }): void;
}

/** Suspended, flushed, unloaded, and started anew with the settings they have; the old ones come back when the new ones do not
 *  come up. */
export class PluginReloads {
  readonly #parts: ReloadParts;

  constructor(parts: ReloadParts) {
    this.#parts = parts;
  }

  /** From the files as they lie there now. Throws `CollectorError` `rolled-back` when they are worth nothing. */
  reload(id: string, by: string): Promise<PluginChangeReport> {
    return this.#parts.reloader.inTurn(async () => {
      const { agents, stateOf, say } = this.#parts;
      const labels = this.#labelsOf(id);
      if (labels.length === 0) {
        throw new CollectorError(
          "wrong-state",
          `${id} does not run, there is nothing to reload`,
          `mimolo plugin load ${id}`,
        );
      }
      const attempt = this.#attempt(id, by);
      const why = await this.#exchange(labels, () => attempt.giveUp()).catch((error: unknown) => {
        attempt.giveUp();
        throw error;
      });
      if (why !== null) {
        const message = `${id} was not reloaded: ${why}`;
        say({ type: "collector", level: "warning", code: "plugin-rolled-back", message: `${message} (${by})` });
        throw new CollectorError("rolled-back", message, attempt.hint ?? `mimolo logs ${labels[0]} has its last words`);
      }
      attempt.hold();
      const plan = agents.find(labels[0] ?? "")?.plan;
      const version = plan?.version ?? "";
      const message = `${id} is reloaded: ${labels.join(", ")} started anew${version === "" ? "" : ` in version ${version}`}`;
      say({ type: "collector", code: "plugin-reloaded", message: `${message} (${by})` });
      return { plugin_id: id, version, state: stateOf(id), outcome: "reloaded", agents: labels, message };
    });
  }

  /** A description that cannot be read touches nothing; it is said all the same, since nobody hears the answer to an edit. */
  #attempt(id: string, by: string): ReturnType<DevFolders["attempt"]> {
    try {
      return this.#parts.dev.attempt(id);
    } catch (error) {
      const message = `${error instanceof Error ? error.message : String(error)} (${by})`;
      this.#parts.say({ type: "collector", level: "warning", code: "plugin-rolled-back", message });
      throw error;
    }
  }

  /** In another version that is not allowed yet: `null` once it is healthy and held, else why not; then the old one runs. */
  try(trial: Trial): Promise<string | null> {
    const { reloader, planner } = this.#parts;
    return reloader.inTurn(async () => {
      const labels = this.#labelsOf(trial.pluginId);
      const already = this.#unfit(labels, trial.pluginId);
      planner.withTrial(trial);
      const backToOld = () => planner.withTrial(null);
      try {
        if (labels.length === 0) return await trial.hold();
        // The next start would find a configuration that cannot be taken.
        const unfit = this.#unfit(labels, trial.pluginId).filter((each) => !already.includes(each));
        if (unfit.length > 0) return `its settings do not suit it: ${unfit.join("; ")}; what ran keeps running`;
        return await this.#exchange(labels, backToOld, () => trial.hold());
      } catch (error) {
        if (error instanceof CollectorError || error instanceof ConfigError) return error.message;
        throw error;
      } finally {
        backToOld();
      }
    });
  }

  /** What is installed, allowed or switched by now may be what others wait for. Resolves when what they need runs. */
  joinNeeded(): Promise<void> {
    const { reloader, effect, planner, current, say } = this.#parts;
    return reloader.inTurn(async () => {
      const before = current();
      const { after, change } = plannedAnew(before, effect.of(before.written), [], planner);
      if (isIdle(change)) return;
      const why = await reloader.swap({ change, after, back: () => before });
      if (why.length === 0) return;
      say({ type: "collector", level: "warning", code: "plugin-needed", message: why.join("; ") });
    });
  }

  /** `null`, or why what ran before runs again. `giveUp`: what is planned from now on is what was there before. */
  async #exchange(labels: readonly string[], giveUp: () => void, hold?: Swap["hold"]): Promise<string | null> {
    const { planner, effect, reloader, current, agents } = this.#parts;
    const before = current();
    const { after, change } = plannedAnew(before, effect.of(before.written), labels, planner);
    const blocked = change.starting.flatMap(({ label, blocked: why }) => {
      const isNew = why !== null && agents.find(label)?.snapshot.state !== "blocked";
      return isNew ? [`${label} would be blocked: ${why}`] : [];
    });
    if (blocked.length > 0) {
      giveUp();
      return `${blocked.join("; ")}; what ran keeps running`;
    }
    const back = () => {
      giveUp();
      return this.#asBefore(before, labels);
    };
    const why = await reloader.swap({ change, after, back, ...(hold === undefined ? {} : { hold }) });
    if (why.length === 0) return null;
    const stillDown = await reloader.whyNotUp(labels);
    const now = stillDown.length === 0 ? "what ran before runs again" : `nor what ran before: ${stillDown.join("; ")}`;
    return `${why.join("; ")}; ${now}`;
  }

  /** What ran before, where it lies by now. */
  #asBefore(before: Planned, labels: readonly string[]): Planned {
    const { planner } = this.#parts;
    try {
      return plannedAnew(before, before.config, labels, planner).after;
    } catch {
      return before;
    }
  }

  #unfit(labels: readonly string[], id: string): string[] {
    const { effect, current } = this.#parts;
    const { written } = current();
    const plugin = effect.settingsKnown(written).find(({ plugin_id }) => plugin_id === id);
    return unfitSettings(labels, effect.of(written), plugin);
  }

  #labelsOf(id: string): string[] {
    const { effect, current } = this.#parts;
    const { written, config } = current();
    const known = effect.known(written, [id]);
    knownOf(known, config, id);
    return runningLabels(config, id, known);
  }
}
