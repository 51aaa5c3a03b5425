// What an author says of a plugin, in whatever file: what a schema cannot tell about it.
import type { PluginAuthorFile } from "@mimolo/protocol";
import { nameFault } from "./entry-name.ts";
import { unreadableRange } from "./read-manifest.ts";

type Author = PluginAuthorFile["plugin"];

/** The same, its paths without a leading `./`. */
export function withPlainPaths(author: Author): Author {
  const plain = <Written>(path: Written) => (typeof path === "string" ? path.replace(/^(?:\.\/)+/, "") : path);
  const { entry, config_schema: config, data_schema: data } = author;
  return {
    ...author,
    entry: entry.replace(/^(?:\.\/)+/, ""),
    ...(config !== undefined && { config_schema: plain(config) }),
    ...(data !== undefined && { data_schema: plain(data) }),
  };
}

/** The first range that npm could not read, or path that no package could have, by its key; `null` when there is none. */
export function authorFault(author: Author): { readonly path: readonly string[]; readonly message: string } | null {
  const range = unreadableRange(author);
  if (range !== null) return range;
  for (const field of ["entry", "config_schema", "data_schema"] as const) {
    const path = author[field];
    const wrong = typeof path === "string" ? nameFault(path) : null;
    if (wrong !== null) return { path: [field], message: `${field}: ${wrong.message}` };
  }
  return null;
}
