/** The views, in the order of the navigation. */
export const VIEWS = [
  "today",
  "timeline",
  "agents",
  "widgets",
  "evidence",
  "plugins",
  "reports",
  "artifacts",
  "rules",
  "settings",
] as const;
export type View = (typeof VIEWS)[number];

/** Where the reader is: `#/agents/folder-activity?tab=log`. */
export interface Route {
  readonly view: View;
  /** What stands after the view, such as an agent's label; `null` for none. */
  readonly item: string | null;
  readonly query: Readonly<Record<string, string>>;
}

/** Reads the part of the address after `#`; what is no view of ours is Today. */
export function routeOf(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#?\/?/u, "").split("?", 2);
  const [name, ...rest] = path.split("/");
  const view = VIEWS.find((each) => each === name) ?? "today";
  const item = rest.join("/");
  return { view, item: item === "" ? null : decoded(item), query: Object.fromEntries(new URLSearchParams(search)) };
}

/** An address for `href`; what is undefined in `query` is left out. */
export function linkTo(
  view: View,
  item?: string | null,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(said).toString();
  const tail = item === undefined || item === null ? "" : `/${encodeURIComponent(item)}`;
  return `#/${view}${tail}${search === "" ? "" : `?${search}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
