// The plugin's own settings: from the environment at first, from the collector's `ack` or `lifecycle` after that.
import { asError } from "./as-error.ts";

/** The plugin's own settings, as configured. */
export type Config = Readonly<Record<string, unknown>>;

/** Seconds between two samples, or what makes them of the settings. */
export type EverySeconds = number | ((config: Config) => number);

export const DEFAULT_SAMPLE_SECONDS = 5;

export class Settings {
  #config: Config = {};
  readonly #everySeconds: EverySeconds;
  /** Why `MIMOLO_CONFIG` could not be read. */
  readonly fault: string | null;

  constructor(environment: Readonly<Record<string, string | undefined>>, everySeconds: EverySeconds) {
    this.#everySeconds = everySeconds;
    this.fault = this.#read(environment["MIMOLO_CONFIG"]);
  }

  get config(): Config {
    return this.#config;
  }

  /** Milliseconds between two samples: the user's, else the agent's own. */
  get paceMs(): number {
    const { poll_interval_s: wanted } = this.#config;
    const every = this.#everySeconds;
    const seconds = [wanted, typeof every === "number" ? every : every(this.#config)].find(isPace);
    return 1000 * (seconds ?? DEFAULT_SAMPLE_SECONDS);
  }

  /** Takes what the collector sent in place of what was known. */
  adopt(config: Config): void {
    this.#config = config;
  }

  #read(text: string | undefined): string | null {
    if (text === undefined || text === "") return null;
    try {
      const config: unknown = JSON.parse(text);
      if (!isConfig(config)) return "it is JSON but no object";
      this.#config = config;
      return null;
    } catch (error) {
      return asError(error).message;
    }
  }
}

function isPace(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
