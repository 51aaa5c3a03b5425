import type { ArtifactList } from "@mimolo/protocol";
import { systemClock } from "@mimolo/supervisor";
import { dataDirectory } from "../data-directory.ts";
import { Inventory } from "./index/inventory.ts";
import { type ListQuery, listArtifacts } from "./listing.ts";
import { ArtifactRegister } from "./register.ts";

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Artifacts that a data directory holds while no collector runs on it. */
export interface KeptArtifacts {
  /** A page, the newest first. */
  list(query: ListQuery): Promise<ArtifactList>;
}

/** Reads what evidence under `root` refers to, what became of it, and what lies on the disk; nothing is made or changed.
 *  `limitBytes`: what an agent may take before it is warned of. */
export function keptArtifacts(root: string, { limitBytes }: { readonly limitBytes: number }): KeptArtifacts {
  const inventory = new Inventory();
  // Nobody went by its records while they were written.
  inventory.written(EVERYTHING);
  const register = new ArtifactRegister({
    directory: dataDirectory(root),
    clock: systemClock,
    inventory,
    committedSeq: () => EVERYTHING,
    onlyReads: true,
  });
  return { list: (query) => listArtifacts(register, query, limitBytes) };
}
