import { isDeepStrictEqual } from "node:util";
import type { AnnouncedMonitor } from "../journal/policy.ts";

/** How often one process may say anew what kind of monitor it is: each time is kept as evidence, for all agents together. */
export const MOST_ANNOUNCEMENTS = 8;

/** A monitor's own words about itself, with the name it gives itself. */
export type NamedMonitor = AnnouncedMonitor & { readonly label?: string };

/** What one process announced itself to be. */
export class Announcements {
  #monitor: NamedMonitor | null = null;
  #count = 0;

  /** The monitor it is, `null` before it said so. */
  get monitor(): NamedMonitor | null {
    return this.#monitor;
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
