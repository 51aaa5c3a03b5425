import { metrics } from "./catalogue.ts";
import type { Seen } from "./seen.ts";

/** Writes what was seen as Prometheus reads it. The library is loaded by the first one who asks. */
export class Exposition {
  #seen: Seen | null = null;
  #registry: Promise<{ contentType: string; metrics(): Promise<string> }> | null = null;

  /** Its content type, and the text. */
  async of(seen: Seen): Promise<{ type: string; text: string }> {
    const registry = await (this.#registry ??= this.#open());
    this.#seen = seen;
    return { type: registry.contentType, text: await registry.metrics() };
  }

  async #open() {
    const { Counter, Gauge, Registry } = await import("prom-client");
    // One of our own: the library's is shared by all that live in this process.
    const registry = new Registry();
    for (const { name, kind, help, labels, read } of metrics) {
      const Kind = kind === "counter" ? Counter : Gauge;
      const made = new Kind({ name, help, labelNames: [...labels], registers: [registry] });
      // What is read from elsewhere is handed over as it is, and not added up once more.
      const values = () =>
        this.#seen === null ? [] : [...read(this.#seen)].map((sample) => ({ labels: {}, ...sample }));
      Object.assign(made, {
        get: () => Promise.resolve({ name, help, type: kind, aggregator: "sum", values: values() }),
      });
    }
    return registry;
  }
}
