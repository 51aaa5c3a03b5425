import { readFileSync } from "node:fs";

/** The browser's flag for a log of everything its network did: also what no page is told of, as names that are looked up. */
export function netLogTo(file: string): string {
  return `--log-net-log=${file}`;
}

/** Hosts below `domain` of which the browser so much as looked up the name, and paths of `origin` it asked for. Complete only once the
 *  browser is closed. */
export function reachedIn(file: string, domain: string, origin: string): { hosts: Set<string>; paths: Set<string> } {
  const text = readFileSync(file, "utf8");
  const hosts = new RegExp(`[a-z0-9-]+\\.${domain.replaceAll(".", "\\.")}`, "gu");
  const paths = new RegExp(`"url":"${origin.replaceAll(".", "\\.")}(/[^"?#]*)`, "gu");
  return {
    hosts: new Set(Array.from(text.matchAll(hosts), ([host]) => host)),
    paths: new Set(Array.from(text.matchAll(paths), ([, path = ""]) => path)),
  };
}
