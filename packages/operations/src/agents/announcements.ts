import { isDeepStrictEqual } from "node:util";
import { type PluginInterface, readPluginInterface } from "@mimolo/protocol";
import type { AnnouncedMonitor } from "../journal/policy.ts";

/** How often one process may say anew what kind of monitor it is: each time is kept as evidence, for all agents together. */
export const MOST_ANNOUNCEMENTS = 8;

/** A monitor's own words about itself, with the name it gives itself. */
export type NamedMonitor = AnnouncedMonitor & { readonly label?: string };

/** What a process says it answers behind `invoke`. */
export interface Offers {
  /** `null`: it said nothing of that. */
  readonly interfaces: readonly PluginInterface[] | null;
  /** JSON Schema of its action's params. */
  readonly paramsSchema: object | null;
}

const nothingSaid: Offers = { interfaces: null, paramsSchema: null };

/** What one process announced itself to be. */
export class Announcements {
  #monitor: NamedMonitor | null = null;
  #offers = nothingSaid;
  #count = 0;

  /** The monitor it is, `null` before it said so. */
  get monitor(): NamedMonitor | null {
    return this.#monitor;
  }

  get offers(): Offers {
    return this.#offers;
  }

  /** Reads `data.monitor` of a `metadata`; `ignored` when it says another thing too often. */
  take(said: object): "new" | "same" | "ignored" {
    const monitor = read(said as Record<string, unknown>);
    if (isDeepStrictEqual(monitor, this.#monitor)) return "same";
    if (this.#count >= MOST_ANNOUNCEMENTS) return "ignored";
    this.#count += 1;
    this.#monitor = monitor;
    return "new";
  }

  /** Reads what a `metadata` says of calls; the last word holds. True when it says anything of that. */
  takeOffers({ interfaces, params_schema: schema }: Readonly<Record<string, unknown>>): boolean {
    if (!Array.isArray(interfaces) && schema === undefined) return false;
    this.#offers = {
      interfaces: Array.isArray(interfaces) ? namesIn(interfaces) : this.#offers.interfaces,
      paramsSchema: typeof schema === "object" && schema !== null && !Array.isArray(schema) ? schema : null,
    };
    return true;
  }
}

function namesIn(interfaces: readonly unknown[]): PluginInterface[] {
  const names = interfaces.flatMap((name) => (typeof name === "string" ? (readPluginInterface(name) ?? []) : []));
  return [...new Set(names)];
}

function read(monitor: Record<string, unknown>): NamedMonitor {
  const { label, data_header: header, resets_cooldown: resets, infrequent } = monitor;
  return {
    ...(typeof label === "string" ? { label } : {}),
    ...(typeof header === "string" ? { data_header: header } : {}),
    ...(typeof resets === "boolean" ? { resets_cooldown: resets } : {}),
    ...(typeof infrequent === "boolean" ? { infrequent } : {}),
  };
}
