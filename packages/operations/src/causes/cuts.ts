import type { Clock } from "@mimolo/supervisor";
import type { Opened } from "../opened.ts";
import type { AuditLog } from "../trust/audit-log.ts";

/** Plugins that go round and round are news once a minute. */
const SAID_EVERY_MS = 60_000;
/** So many chains are told apart; of more of them at once only some are said. */
const MOST_CHAINS = 32;

export interface CutsOptions {
  readonly clock: Pick<Clock, "ticksMs">;
  readonly say: Opened["say"];
  readonly audit: Pick<AuditLog, "note">;
}

interface Cut {
  saidMs: number;
  /** Since then. */
  unsaid: number;
}

/** Reports loops that were cut: each chain of plugins once a minute, with how often. */
export class Cuts {
  readonly #options: CutsOptions;
  readonly #cuts = new Map<string, Cut>();

  constructor(options: CutsOptions) {
    this.#options = options;
  }

  /** `chain` holds the plugins it went through; the last one asked for what was cut. */
  note(chain: readonly string[]): void {
    const { clock, say, audit } = this.#options;
    const nowMs = clock.ticksMs();
    const way = chain.join(" → ");
    const cut = this.#cutOf(way, nowMs);
    if (cut === null) return;
    cut.unsaid += 1;
    if (nowMs - cut.saidMs < SAID_EVERY_MS) return;
    const times = cut.unsaid === 1 ? "" : ` (${cut.unsaid} times)`;
    say({ type: "collector", level: "warning", code: "loop", message: `cut a loop${times}: ${way}` });
    audit.note("deny", chain.at(-1) ?? "", "collector", { reason: "loop", chain, times: cut.unsaid });
    cut.saidMs = nowMs;
    cut.unsaid = 0;
  }

  #cutOf(way: string, nowMs: number): Cut | null {
    const known = this.#cuts.get(way);
    if (known !== undefined) return known;
    if (this.#cuts.size >= MOST_CHAINS) {
      for (const [each, { saidMs }] of this.#cuts) if (nowMs - saidMs >= SAID_EVERY_MS) this.#cuts.delete(each);
      if (this.#cuts.size >= MOST_CHAINS) return null;
    }
    const cut = { saidMs: Number.NEGATIVE_INFINITY, unsaid: 0 };
    this.#cuts.set(way, cut);
    return cut;
  }
}
