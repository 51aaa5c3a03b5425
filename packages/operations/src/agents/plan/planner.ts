// Plans the agents of one collector by what was decided about trust, and knows when that has changed.
import { probeSandbox, type Sandbox } from "@mimolo/supervisor";
import type { TrustData } from "@mimolo/trust";
import type { CollectorOptions } from "../../collector-options.ts";
import type { LoadedConfig } from "../../config/index.ts";
import type { DataDirectory } from "../../data-directory.ts";
import type { FoundPlugin } from "../../plugins/found-plugin.ts";
import { foundHere } from "../../plugins/plugins-here.ts";
import { type Decisions, readDecisions } from "../../trust/decisions.ts";
import { isUnderTrial, type Trial, underTrial } from "../../trust/trial.ts";
import { CollectorError } from "../../error.ts";
import type { AgentPlan, InstalledProgram } from "./agent-plan.ts";
import { type TrustGround, type Vouchers, vouchersOf } from "./ground.ts";
import { planAgents, type PlanOptions } from "./plan-agents.ts";

type Asked = Pick<CollectorOptions, "builtins" | "allow" | "dev" | "cwd" | "env" | "sandbox" | "clock">;

export class Planner {
  readonly #asked: Asked;
  readonly #directory: DataDirectory;
  readonly #vouchers: Vouchers;
  #decisions: Decisions;
  #trial: Trial | null = null;

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

  /** Reads again what was decided, and plans by that. A label whose package or program is gone keeps its plan of before, judged
   *  anew. */
  planAnew(config: LoadedConfig): ReadonlyMap<string, AgentPlan> {
    this.#decisions = readDecisions(this.#directory);
    const options = this.#options(config);
    const plans = Object.entries(config.plugins).flatMap(([label, agent]) => {
      try {
        return planAgents({ ...options, plugins: { [label]: agent } });
      } catch (error) {
        if (error instanceof CollectorError) return [];
        throw error;
      }
    });
    return new Map(plans.map((plan) => [plan.label, plan]));
  }

  #options({ plugins, origins, registry: { paths } }: LoadedConfig): PlanOptions {
    const { builtins = [], cwd = process.cwd(), env = process.env } = this.#asked;
    const decisions = this.#decisions;
    const installed = this.#installed;
    let seen: readonly FoundPlugin[] | undefined;
    const found = () => (seen ??= foundHere({ directory: this.#directory, builtins, paths, cwd, decisions }).found);
    return { builtins, installed, found, plugins, origins, ground: this.ground, cwd, env };
  }

  get #trust(): TrustData {
    const { trust } = this.#decisions;
    return this.#trial === null ? trust : underTrial(trust, this.#trial);
  }

  /** What is on trial stands in for the version that is allowed. */
  get #installed(): Pick<InstalledProgram, "pluginId" | "version" | "folder">[] {
    const { trust, installed, broken } = this.#decisions;
    const allowed = [...installed, ...broken];
    const trial = this.#trial;
    if (trial === null || !isUnderTrial(trust, trial)) return allowed;
    const { pluginId, folder, manifest } = trial;
    return [{ pluginId, version: manifest.version, folder }, ...allowed.filter((each) => each.pluginId !== pluginId)];
  }
}
