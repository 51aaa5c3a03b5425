/** What is put into a request, untyped. */
export interface Parts {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The path of the document with its places filled in and the query behind it. What was typed may be anything: it is escaped. */
export function addressOf(path: string, { path: places = {}, query = {} }: Parts): string {
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_whole, name: string) => encodeURIComponent(textOf(places[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.append(name, textOf(value));
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
