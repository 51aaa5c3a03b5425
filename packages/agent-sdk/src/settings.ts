// The plugin's own settings: from the environment at first, from the collector's `ack` or `lifecycle` after that.
import { asError } from "./as-error.ts";

/** The plugin's own settings, as configured. */
export type Config = Readonly<Record<string, unknown>>;

export class Settings {
  #config: Config = {};
  /** Why `MIMOLO_CONFIG` could not be read. */
  readonly fault: string | null;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.fault = this.#read(environment["MIMOLO_CONFIG"]);
  }

  get config(): Config {
    return this.#config;
  }

  /** The configured pace in milliseconds, where the user overrides the agent's own. */
  get paceMs(): number | null {
    const seconds = this.#config["poll_interval_s"];
    return typeof seconds === "number" && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
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

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
