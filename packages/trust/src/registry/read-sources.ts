// What the registries of a configuration offer, all of them together.
import { realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { INDEX_NAME, problemAt, readIndexFile } from "./index-file.ts";
import type { Offer, SourceProblem } from "./offer.ts";

/** What was found, by source and then as the index lists it. */
export interface ReadSources {
  readonly offers: readonly Offer[];
  /** What could not be read; nothing there takes anything else with it. */
  readonly problems: readonly SourceProblem[];
}

/** Reads registries: folders with an `index.json`, or such files. Opens no package, never throws. Where two offer the same
 *  version with other bytes the first counts, and the other is a problem. */
export function readSources(sources: readonly string[]): ReadSources {
  const offers = new Map<string, Offer>();
  const problems: SourceProblem[] = [];
  const seen = new Set<string>();
  for (const source of sources) {
    const place = placeOf(source);
    if ("code" in place) {
      problems.push(place);
      continue;
    }
    if (seen.has(place.index)) continue;
    seen.add(place.index);
    const read = readIndexFile(place.index);
    problems.push(...read.problems);
    for (const { id, version, file, sha256, key_id, capabilities, description } of read.entries) {
      const offer: Offer = {
        pluginId: id,
        version,
        description,
        capabilities,
        keyId: key_id,
        sha256,
        source,
        folder: place.folder,
        path: join(place.folder, ...file.split("/")),
      };
      const name = `${id} ${version}`;
      const first = offers.get(name);
      if (first === undefined) offers.set(name, offer);
      else if (first.sha256 !== sha256) problems.push(conflict(place.index, offer, first));
    }
  }
  return { offers: [...offers.values()], problems };
}

function placeOf(source: string): { readonly index: string; readonly folder: string } | SourceProblem {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    const help = "a registry is a folder; fetch it there, and name that";
    return problemAt(source, "not-found", `MiMoLo reads no registries over the network: ${help}`);
  }
  try {
    const path = realpathSync(resolve(source));
    const isFolder = statSync(path).isDirectory();
    return isFolder ? { index: inFolder(path), folder: path } : { index: path, folder: dirname(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isGone = code === "ENOENT" || code === "ENOTDIR";
    const help = "mimolo plugin publish FILE --to DIR makes a registry";
    return isGone
      ? problemAt(source, "not-found", `is not there, or has no ${INDEX_NAME}; ${help}`)
      : problemAt(source, "unreadable", `cannot be read: ${message}`);
  }
}

/** Through a link, too: whoever named the folder meant what lies there. Throws where nothing does. */
function inFolder(folder: string): string {
  statSync(join(folder, INDEX_NAME));
  return join(folder, INDEX_NAME);
}

function conflict(path: string, offer: Offer, first: Offer): SourceProblem {
  const name = `${offer.pluginId} ${offer.version}`;
  const where = first.source === offer.source ? "listed twice with other bytes" : `${first.source} offers other bytes`;
  const message = `${name}: ${where}; only the first one counts (${first.path})`;
  return problemAt(path, "conflicting-offer", message);
}
