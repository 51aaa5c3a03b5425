// Many kernel events, few changes: only how a path looked before and how it looks now counts.
import { identityKey, type Stamp, sameContent, sameFile } from "./stamp.ts";

/** A path before and after; null where there was, or is, no file. */
export interface Observation {
  readonly path: string;
  readonly before: Stamp | null;
  readonly after: Stamp | null;
}

/** What happened to a path. `consumed` names the temporary file that an atomic save renamed over `path`. */
export type Change =
  | { readonly kind: "created" | "deleted"; readonly path: string }
  | { readonly kind: "modified"; readonly path: string; readonly consumed?: string }
  | { readonly kind: "renamed"; readonly path: string; readonly from: string };

/** The changes behind a set of observations, in their order, at most one each. The same inode gone and come is one
 *  `renamed`; gone and come in the place of another file is one `modified` (an atomic save). */
export function changesIn(observations: readonly Observation[]): Change[] {
  const gone = new Departures(observations);
  // Files that were replaced take their temporary file first, so that it is free for no rename.
  const replaced = new Map<Observation, Observation>();
  for (const seen of observations) {
    if (seen.before === null || seen.after === null || sameContent(seen.before, seen.after)) continue;
    const temporary = gone.take(seen.after);
    if (temporary !== null) replaced.set(seen, temporary);
  }
  const arrivals = new Map<Observation, Observation | null>();
  for (const seen of observations) {
    if (seen.before === null && seen.after !== null) arrivals.set(seen, gone.take(seen.after));
  }
  const changes: Change[] = [];
  for (const seen of observations) {
    const { path, before, after } = seen;
    if (before !== null && after !== null) {
      if (sameContent(before, after)) continue;
      const consumed = replaced.get(seen)?.path;
      changes.push(consumed === undefined ? { kind: "modified", path } : { kind: "modified", path, consumed });
    } else if (after !== null) {
      const from = arrivals.get(seen)?.path;
      changes.push(from === undefined ? { kind: "created", path } : { kind: "renamed", path, from });
    } else if (gone.has(seen)) {
      changes.push({ kind: "deleted", path });
    }
  }
  return changes;
}

/** The files that went, to be taken by the places where they turned up again. */
class Departures {
  readonly #byKey = new Map<string, Observation[]>();
  readonly #left = new Set<Observation>();

  constructor(observations: readonly Observation[]) {
    for (const seen of observations) {
      if (seen.before === null || seen.after !== null) continue;
      const key = identityKey(seen.before);
      const others = this.#byKey.get(key);
      if (others === undefined) this.#byKey.set(key, [seen]);
      else others.push(seen);
      this.#left.add(seen);
    }
  }

  has(seen: Observation): boolean {
    return this.#left.has(seen);
  }

  take(arrived: Stamp): Observation | null {
    for (const seen of this.#byKey.get(identityKey(arrived)) ?? []) {
      if (seen.before === null || !this.#left.has(seen) || !sameFile(seen.before, arrived)) continue;
      this.#left.delete(seen);
      return seen;
    }
    return null;
  }
}
