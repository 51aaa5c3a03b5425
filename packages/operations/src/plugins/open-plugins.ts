// The life of plugins in a collector that runs: what switches, reloads, configures and watches them.
import type { PluginConfigReport, PluginState, RegisterReport } from "@mimolo/protocol";
import { join } from "node:path";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import { type UnseenAround, unseenSettings } from "../agents/unseen-settings.ts";
import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";
import { registerRunning } from "../register-running.ts";
import type { Reloader } from "../reload/reloader.ts";
import type { Tries } from "../trust/trial.ts";
import { discoveriesOf } from "./life/discoveries.ts";
import { InstalledNews } from "./installed-news.ts";
import { DevFolders } from "./reload/dev-folders.ts";
import { DevWatch } from "./reload/dev-watch.ts";
import { PluginReloads } from "./reload/plugin-reloads.ts";
import { configured } from "./switch/configured.ts";
import { SharedLook } from "./shared-look.ts";
import type { PluginControl } from "./switch/plugin-control.ts";
import { PluginSwitch } from "./switch/plugin-switch.ts";
import { toldAtStart } from "./told-at-start.ts";

export interface OpenedPlugins {
  readonly control: PluginControl;
  readonly tries: Tries;
  stateOf(id: string): PluginState;
  /** Another set of plans is about to be started. */
  planned(plans: readonly AgentPlan[]): void;
  /** What this plan runs does well. */
  healthy(plan: AgentPlan): void;
  /** Every plugin known here; an embedder hears of those that are new. */
  register(): Promise<RegisterReport>;
  /** Looks around for an embedder that wants to hear of them; resolves when it has. */
  discovered(): Promise<void>;
  /** Others may come in or go by it. Returns at once. */
  trustChanged(): void;
  /** This one was taken out: nothing more is kept for it. Never rejects. */
  removed(id: string): Promise<void>;
  close(): Promise<void>;
}

export function openPlugins(parts: RunParts, opened: Opened, reloader: Reloader): OpenedPlugins {
  const { effect, planner, directory, clock } = parts;
  const { agents, say } = opened;
  const current = () => parts.current;
  const stateOf = (id: string) => agents.pluginStates.get(id) ?? "discovered";
  const complain = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    say({ type: "collector", level: "warning", code: "plugin-needed", message });
  };
  const news = new InstalledNews(parts.events, planner.decisions.installed);
  for (const message of toldAtStart(parts.overrides, parts.current)) {
    say({ type: "collector", level: "warning", code: "overrides", message });
  }
  const dev = new DevFolders({
    planner,
    look: (id, folder) => planner.lookInto(folder, id, current().written),
    folder: join(directory.plugins, "last-good"),
    say: (message) => say({ type: "collector", level: "warning", code: "no-way-back", message }),
  });
  const reloads = new PluginReloads({ agents, planner, effect, reloader, dev, current, stateOf, say });
  const watch = new DevWatch({
    dev,
    clock,
    reload: (id) => reloads.reload(id, "an edit"),
    say: (message) => say({ type: "collector", level: "warning", code: "dev-watch", message }),
  });
  const switches = new PluginSwitch({
    effect,
    reloader,
    current,
    stateOf,
    whyBlocked: (label) => agents.find(label)?.status().blocked ?? null,
    keep: (next) => parts.overrides.change(() => next),
    say: (message) => say({ type: "collector", code: "plugin-switched", message }),
  });
  const discoveries = discoveriesOf(parts.options.hooks, {
    clock,
    trouble: (what) => say({ type: "collector", level: "warning", ...what }),
  });
  const config = (id: string, label?: string): PluginConfigReport => effect.explained(current(), id, label);
  const seenFrom: UnseenAround = {
    dataDir: directory.root,
    env: parts.options.env ?? process.env,
    confines: () => planner.ground.sandbox.bubblewrap !== null,
  };
  const unseenSaid = new Set<string>();
  const control: PluginControl = {
    load: (id, by) => switches.load(id, by),
    unload: (id, by) => switches.unload(id, by),
    enable: (id, by) => switches.enable(id, by),
    disable: (id, by) => switches.disable(id, by),
    reload: (id, by) => reloads.reload(id, by),
    config,
    configure: (id, change) =>
      reloader.inTurn(async () => {
        await configured(id, change, { effect, switches, current, ask: opened.listeners.judgesSettings });
        const keys = Object.keys(change.values);
        const concerned = current().plans.filter(
          ({ label, pluginId }) => pluginId === id && (change.label ?? label) === label,
        );
        const warnings = concerned.flatMap((plan) => unseenSettings(plan, seenFrom, keys));
        return { ...config(id, change.label), ...(warnings.length > 0 && { warnings }) };
      }),
    upgrade: async (id, request) => {
      // Whoever takes nothing from a registry does not pay for reading one.
      const { upgraded } = await import("./switch/upgrade.ts");
      return await upgraded(id, request, {
        desk: opened.desk,
        root: directory.root,
        builtins: parts.options.builtins ?? [],
        found: () => planner.found(current().config),
        sources: () => current().config.registry.sources,
        nowMs: () => clock.wallMs(),
      });
    },
  };
  const look = new SharedLook(() => registerRunning(parts, agents));
  return {
    control,
    tries: (trial) => reloads.try(trial),
    stateOf,
    planned: (plans) => {
      for (const message of plans.flatMap((plan) => unseenSettings(plan, seenFrom))) {
        if (!unseenSaid.has(message)) say({ type: "collector", level: "warning", code: "unseen-path", message });
        unseenSaid.add(message);
      }
      dev.follow(plans);
      watch.follow();
    },
    healthy: ({ pluginId, program }) => {
      if (program.kind === "found") dev.healthy(pluginId);
    },
    register: async () => {
      const report = await look.ask();
      void discoveries?.tell(report);
      return report;
    },
    discovered: async () => discoveries?.tell(await look.ask()),
    trustChanged: () => {
      news.look(planner.decisions.installed);
      void reloads.joinNeeded().catch((error: unknown) => complain(error));
    },
    removed: async (id) => {
      await switches.forget(id).catch((error: unknown) => complain(error));
    },
    close: () => watch.close(),
  };
}
