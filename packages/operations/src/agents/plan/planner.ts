// Plans the agents of one collector by what was decided about trust, and knows when that has changed.
import { sep } from "node:path";
import type { PluginManifest, PluginProblem } from "@mimolo/protocol";
import { probeSandbox, type Sandbox } from "@mimolo/supervisor";
import type { TrustData } from "@mimolo/trust";
import type { CollectorOptions } from "../../collector-options.ts";
import type { KnownPlugin, LoadedConfig, RuntimeOverrides } from "../../config/index.ts";
import type { DataDirectory } from "../../data-directory.ts";
import { FileReadings } from "../../plugins/file-readings.ts";
import type { FoundPlugin } from "../../plugins/found-plugin.ts";
import { knownPlugins, type PluginNeeds } from "../../plugins/dependencies/index.ts";
import { isEnough } from "../../plugins/dependencies/is-enough.ts";
import { knownOf } from "../../plugins/known-of.ts";
import { foundHere } from "../../plugins/plugins-here.ts";
import { type Decisions, readDecisions } from "../../trust/decisions.ts";
import { isUnderTrial, type Trial, underTrial } from "../../trust/trial.ts";
import type { AgentPlan, StoredProgram } from "./agent-plan.ts";
import { type TrustGround, type Vouchers, vouchersOf } from "./ground.ts";
import { planAgents } from "./plan-agents.ts";
import type { PlanOptions } from "./plan-options.ts";

type Asked = Pick<CollectorOptions, "builtins" | "allow" | "dev" | "cwd" | "env" | "sandbox" | "clock">;

export class Planner {
  readonly #asked: Asked;
  readonly #directory: DataDirectory;
  readonly #vouchers: Vouchers;
  #decisions: Decisions;
  /** Descriptions of plugins: read once, until they change. */
  readonly readings = new FileReadings();
  #trial: Trial | null = null;

  /** What runs in the place of what lies in a folder that somebody is just writing in, by id. */
  readonly heldBack = new Map<string, FoundPlugin>();

  /** Reads `trust.json` and the store; touches nothing. */
  constructor(asked: Asked, directory: DataDirectory) {
    this.#asked = asked;
    this.#directory = directory;
    this.#vouchers = vouchersOf(asked.allow ?? [], asked.cwd ?? process.cwd());
    this.#decisions = readDecisions(directory);
  }

  /** What is known of the store and its faults, as read last. */
  get decisions(): Decisions {
    return this.#decisions;
  }

  /** Plans and judges by this trial, one at a time, until it is taken back with `null`. It vouches for nothing once the version
   *  it began with is no longer the one that is allowed, by what was read last. */
  withTrial(trial: Trial | null): void {
    this.#trial = trial;
  }

  get ground(): TrustGround {
    const { dev = false, env = process.env, clock } = this.#asked;
    const { sandbox } = this.#asked;
    return {
      trust: this.#trust,
      fault: this.#decisions.fault,
      vouchers: this.#vouchers,
      dev,
      get sandbox(): Sandbox {
        return sandbox ?? probeSandbox({ env });
      },
      place: { dataDir: this.#directory.root, env },
      nowMs: clock?.wallMs() ?? Date.now(),
    };
  }

  /** Plans every enabled label. Throws `CollectorError` naming the label when a program or plugin does not exist. */
  plan(config: LoadedConfig): AgentPlan[] {
    return planAgents(this.#options(config));
  }

  /** The same without the labels whose program or plugin does not exist. */
  planLoosely(config: LoadedConfig): AgentPlan[] {
    return planAgents(this.#options(config), () => undefined);
  }

  /** The plugins that are here, as far as others may need them. Folders are looked through only for what is not known without. */
  known(config: LoadedConfig, loads: readonly string[], overrides: Pick<RuntimeOverrides, "plugins">): PluginNeeds[] {
    const { builtins = [] } = this.#asked;
    const { installed } = this.#described;
    const known = knownPlugins({ builtins, installed, found: [] }, overrides);
    if (isEnough(known, config, loads)) return known;
    return knownPlugins({ builtins, installed, found: this.found(config) }, overrides);
  }

  /** The same with their settings and defaults; those `asked` for, too, where they merely lie about. */
  settingsKnown(config: LoadedConfig, asked: readonly string[] = []): KnownPlugin[] {
    const { builtins = [] } = this.#asked;
    const { installed } = this.#described;
    const enough = isEnough(knownPlugins({ builtins, installed, found: [] }), config, asked);
    const described = [...installed, ...(enough ? [] : this.found(config))];
    return [...builtins, ...described.map(knownOf)];
  }

  /** Plugins that lie about, as they are to run. */
  found(config: Pick<LoadedConfig, "registry">): FoundPlugin[] {
    const { found } = this.#lyingHere(config);
    return [...found.filter(({ pluginId }) => !this.heldBack.has(pluginId)), ...this.heldBack.values()];
  }

  /** The plugin of this id that lies in a folder now and could run, or a sentence on what is wrong there. */
  lookInto(folder: string, pluginId: string, config: LoadedConfig): FoundPlugin | string {
    const { found, problems } = this.#lyingHere(config);
    const here = found.find((each) => each.pluginId === pluginId && each.folder === folder);
    const told = problems.find(({ path }) => path === folder || path.startsWith(`${folder}${sep}`));
    // One that is unfit is found, too, and told of.
    if (here !== undefined && told?.path !== here.file) return here;
    return told === undefined ? `there is no plugin ${pluginId} in ${folder} any more` : toldAt(told);
  }

  #lyingHere({ registry: { paths } }: Pick<LoadedConfig, "registry">): ReturnType<typeof foundHere> {
    const { builtins = [], cwd = process.cwd() } = this.#asked;
    const [directory, decisions, readings] = [this.#directory, this.#decisions, this.readings];
    return foundHere({ directory, builtins, paths, cwd, decisions, readings });
  }

  /** Reads again what was decided, and plans by that. A label whose package or program is gone keeps its plan of before, judged
   *  anew. */
  planAnew(config: LoadedConfig): ReadonlyMap<string, AgentPlan> {
    this.#decisions = readDecisions(this.#directory);
    return new Map(this.planLoosely(config).map((plan) => [plan.label, plan]));
  }

  #options(config: LoadedConfig): PlanOptions {
    const { builtins = [], cwd = process.cwd(), env = process.env } = this.#asked;
    const { plugins, origins } = config;
    const installed = this.#installed;
    let seen: readonly FoundPlugin[] | undefined;
    const found = () => (seen ??= this.found(config));
    const unread = () => this.#lyingHere(config).problems.map(toldAt);
    return { builtins, installed, found, unread, plugins, origins, ground: this.ground, cwd, env };
  }

  /** Installed plugins by their manifests, what is on trial in place of what is allowed. */
  get #described(): { installed: { pluginId: string; folder: string; manifest: PluginManifest }[] } {
    const { trust, installed } = this.#decisions;
    const trial = this.#trial;
    if (trial === null || !isUnderTrial(trust, trial)) return { installed: [...installed] };
    return { installed: [trial, ...installed.filter(({ pluginId }) => pluginId !== trial.pluginId)] };
  }

  get #trust(): TrustData {
    const { trust } = this.#decisions;
    return this.#trial === null ? trust : underTrial(trust, this.#trial);
  }

  /** What is on trial stands in for the version that is allowed. */
  get #installed(): StoredProgram[] {
    const { trust, installed, broken } = this.#decisions;
    const allowed = [...installed, ...broken];
    const trial = this.#trial;
    if (trial === null || !isUnderTrial(trust, trial)) return allowed;
    const { pluginId, folder, manifest } = trial;
    return [
      { pluginId, version: manifest.version, folder, manifest },
      ...allowed.filter((each) => each.pluginId !== pluginId),
    ];
  }
}

/** What is wrong with a plugin, and where. */
function toldAt({ path, line, message }: PluginProblem): string {
  return `${path}${line === undefined ? "" : `:${line}`}: ${message}`;
}
