import type { MonitorConfig } from "../config/index.ts";
import type { Journal } from "./journal.ts";
import { type PolicyAgents, policyData, samePolicy } from "./policy.ts";

/** Writes a `policy` record at start and whenever what it says has changed. */
export class PolicyLog {
  readonly #journal: Journal;
  readonly #monitor: MonitorConfig;
  #last: object | null = null;

  constructor(journal: Journal, monitor: MonitorConfig) {
    this.#journal = journal;
    this.#monitor = monitor;
  }

  note(agents: PolicyAgents, atMs: number): void {
    const data = policyData(this.#monitor, agents, atMs);
    if (samePolicy(this.#last, data)) return;
    this.#last = data;
    this.#journal.policy(data);
  }
}
