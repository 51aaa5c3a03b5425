import type { AgentConfig, LoadedConfig } from "../config/index.ts";
import { keyText } from "../config/layer.ts";
import { type CpuBudget, type CpuEnvelope, envelopeOf } from "./envelope.ts";
import type { Sentence } from "./sentences.ts";

/** An agent as the envelope sees it. */
export interface Budgeted {
  readonly label: string;
  readonly config: Pick<AgentConfig, "cpu_budget_percent" | "memory_mib">;
}

/** Who may use how much, for all agents of a collector: settled at the start and whenever the configuration changes. */
export class Budgets {
  readonly #say: (label: string | null, sentence: Sentence) => void;
  #envelope: CpuEnvelope = envelopeOf([], { defaultPercent: 0, maxPercent: 0, opsPercent: 0, totalPercent: 0 });
  #memory: ReadonlyMap<string, number> = new Map();

  /** `say` writes a line about an agent, or about all of them (`null`). */
  constructor(say: (label: string | null, sentence: Sentence) => void) {
    this.#say = say;
  }

  get envelope(): CpuEnvelope {
    return this.#envelope;
  }

  /** Computes all budgets and says those that are new or other than before. */
  settle(agents: Iterable<Budgeted>, { monitor, origins }: Pick<LoadedConfig, "monitor" | "origins">): void {
    const before = this.#envelope;
    const all = [...agents];
    this.#memory = new Map(all.map(({ label, config }) => [label, config.memory_mib ?? monitor.plugin_memory_mib]));
    this.#envelope = envelopeOf(
      all.map(({ label, config }) => {
        const by = origins.has(keyText(["plugins", label, "cpu_budget_percent"])) ? "person" : "plugin";
        return { label, cpuBudgetPercent: config.cpu_budget_percent, by };
      }),
      {
        defaultPercent: monitor.main_system_max_cpu_per_plugin,
        maxPercent: monitor.max_plugin_cpu_percent,
        opsPercent: monitor.ops_cpu_budget_percent,
        totalPercent: monitor.global_total_cpu_budget_percent,
      },
    );
    for (const budget of this.#envelope.budgets.values()) this.#tell(budget, before.budgets.get(budget.label));
    this.#tellScale(before);
  }

  /** Percent of one core this agent may use. */
  cpuPercent(label: string): number {
    return this.#envelope.budgets.get(label)?.effectivePercent ?? 0;
  }

  /** MiB this agent may use. */
  memoryMib(label: string): number {
    return this.#memory.get(label) ?? 0;
  }

  #tell({ label, level, message }: CpuBudget, before: CpuBudget | undefined): void {
    if (before?.message !== message) this.#say(label, { type: "collector", level, code: "cpu-budget", message });
  }

  #tellScale({ scale: before }: CpuEnvelope): void {
    const { scale, reasons } = this.#envelope;
    if (scale === before) return;
    const message = scale === 1 ? "all budgets fit the envelope again: none is scaled" : (reasons[0] ?? "");
    this.#say(null, { type: "collector", level: scale === 1 ? "info" : "warning", code: "cpu-envelope", message });
  }
}
