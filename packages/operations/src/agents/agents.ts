import type { PluginState } from "@mimolo/protocol";
import type { AgentState } from "@mimolo/supervisor";
import { nearestName } from "../config/nearest.ts";
import { CollectorError } from "../error.ts";
import type { Instances } from "../instances.ts";
import { CollectedAgent } from "./agent.ts";
import { DependencyOrder, neededBy } from "./dependency-order.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** How long an agent waits for what it needs before it starts without. */
const NEEDED_PATIENCE_MS = 5_000;
/** When everything stops, all of it has ten seconds. */
const STOPPING_PATIENCE_MS = 750;
/** When some of it goes, it takes what that takes. */
const LEAVING_PATIENCE_MS = 15_000;

/** From these an agent may come up by itself. */
const comingStates: ReadonlySet<AgentState> = new Set(["planned", "starting", "handshaking", "running", "backing-off"]);

/** All agents of a collector, by label. */
export class Agents {
  readonly #agents: Map<string, CollectedAgent>;
  /** By plugin, in the order of the configuration; made anew when that is asked for after a change. */
  #ofPlugins: ReadonlyMap<string, readonly CollectedAgent[]> | null = null;
  readonly #instances: Instances;
  readonly #around: AgentSurroundings;
  #order: ReadonlyMap<string, number> = new Map();
  #closed = false;

  constructor(plans: readonly AgentPlan[], instances: Instances, around: AgentSurroundings) {
    this.#instances = instances;
    this.#around = around;
    instances.know(plans);
    this.arrange(plans);
    this.#agents = new Map(plans.map((plan) => [plan.label, this.#made(plan)]));
  }

  /** Every agent, in the order of the configuration. */
  all(): CollectedAgent[] {
    const place = (agent: CollectedAgent) => this.#order.get(agent.label) ?? this.#order.size;
    return [...this.#agents.values()].toSorted((one, other) => place(one) - place(other));
  }

  /** The same in no particular order: what a sweep needs. */
  get each(): Iterable<CollectedAgent> {
    return this.#agents.values();
  }

  /** The order of the configuration is this from now on. */
  arrange(plans: readonly AgentPlan[]): void {
    this.#order = new Map(plans.map(({ label }, index) => [label, index]));
    this.#ofPlugins = null;
  }

  /** Throws `CollectorError` `unknown-agent` with the labels there are. */
  get(label: string): CollectedAgent {
    const agent = this.#agents.get(label);
    if (agent !== undefined) return agent;
    const labels = [...this.#agents.keys()];
    const nearest = nearestName(label, labels);
    const meant = nearest === undefined ? "" : `did you mean "${nearest}"? `;
    const hint = `${meant}agents here: ${labels.join(", ") || "none"}`;
    throw new CollectorError("unknown-agent", `there is no agent "${label}"`, hint);
  }

  /** The same, or `undefined`. */
  find(label: string): CollectedAgent | undefined {
    return this.#agents.get(label);
  }

  /** Those that run this plugin, in the order of the configuration. */
  ofPlugin(id: string): readonly CollectedAgent[] {
    this.#ofPlugins ??= byPlugin(this.all());
    return this.#ofPlugins.get(id) ?? [];
  }

  /** The instance id of this label, or `null`. */
  idOf(label: string): string | null {
    return this.#agents.get(label)?.instanceId ?? null;
  }

  /** How far each plugin has come that has an agent here, or had one. */
  get pluginStates(): ReadonlyMap<string, PluginState> {
    return this.#around.lives.states(this.each);
  }

  /** Whether everything is stopping: no agent begins any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** What is needed starts first; whoever needs it starts once it works, or has had its time. */
  start(): void {
    const order = new DependencyOrder(this.all());
    for (const agent of order.sorted) this.#startAfter(agent, order.needs(agent));
  }

  /** Starts an agent by this plan; the one that had its label before must have been removed. `undefined` when everything is
   *  stopping. For a way back: the `instanceId` it had, and whether it was `resting`, not to be started. */
  begin(plan: AgentPlan, earlier?: { instanceId: string; resting: boolean }): CollectedAgent | undefined {
    if (this.#closed) return undefined;
    if (earlier !== undefined) this.#instances.keep(plan.label, plan.pluginId, earlier.instanceId);
    const agent = this.#made(plan);
    this.#agents.set(plan.label, agent);
    this.#ofPlugins = null;
    const ids = new Set(neededBy(plan));
    const needs = ids.size === 0 ? [] : this.all().filter((each) => ids.has(each.plan.pluginId));
    if (earlier?.resting !== true) this.#startAfter(agent, needs);
    return agent;
  }

  /** Takes an agent out, its last words heard, and forgets it; its id stays for when the label comes back. */
  async remove(label: string): Promise<void> {
    const agent = this.#agents.get(label);
    await agent?.leave();
    if (this.#agents.get(label) === agent) this.#agents.delete(label);
    this.#ofPlugins = null;
  }

  /** The same with several, whoever needs others before those. */
  async removeAll(labels: readonly string[]): Promise<void> {
    const order = new DependencyOrder(labels.flatMap((label) => this.#agents.get(label) ?? []));
    await order.end(({ label }) => this.remove(label), { clock: this.#around.clock, patienceMs: LEAVING_PATIENCE_MS });
  }

  /** Resolves when no process of any agent is left. Whoever needs others goes before them, as far as time allows. */
  async stop(options: { hurry?: boolean } = {}): Promise<void> {
    this.#closed = true;
    const patienceMs = options.hurry === true ? 0 : STOPPING_PATIENCE_MS;
    await new DependencyOrder(this.all()).end((agent) => agent.stop(options), {
      clock: this.#around.clock,
      patienceMs,
    });
  }

  hurry(): void {
    for (const agent of this.all()) agent.hurry();
  }

  /** Starts an agent once those that it needs work; at once when there are none. */
  #startAfter(agent: CollectedAgent, needs: readonly CollectedAgent[]): void {
    const isComing = (need: CollectedAgent) => !need.isHealthy && comingStates.has(need.snapshot.state);
    if (!needs.some(isComing)) return agent.start();
    const waiting = new AbortController();
    const start = () => {
      waiting.abort();
      for (const forget of watches) forget();
      // Meanwhile somebody may have started or stopped it, or another may have taken its label.
      const isPlanned = agent.snapshot.state === "planned" && this.#agents.get(agent.label) === agent;
      if (isPlanned && !this.#closed) agent.start();
    };
    const look = () => !needs.some(isComing) && start();
    const watches = needs.map((need) => need.watchLife(look));
    this.#around.clock.after(NEEDED_PATIENCE_MS, start, waiting.signal);
  }

  #made(plan: AgentPlan): CollectedAgent {
    return new CollectedAgent(plan, this.#instances.idOf(plan.label, plan.pluginId), this.#around);
  }
}

function byPlugin(agents: readonly CollectedAgent[]): ReadonlyMap<string, readonly CollectedAgent[]> {
  const plugins = new Map<string, CollectedAgent[]>();
  for (const agent of agents) {
    const { pluginId } = agent.plan;
    plugins.set(pluginId, [...(plugins.get(pluginId) ?? []), agent]);
  }
  return plugins;
}
