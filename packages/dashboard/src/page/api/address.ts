/** Everything the API has lies below this. */
export const PREFIX = "/api/v1";

export type Values = Readonly<Record<string, unknown>>;

/** `/agents/{label}/stop` with its parts filled in, and `?from=…`; what is undefined or null is left out, lists repeat. */
export function addressOf(path: string, parts: Values = {}, query: Values = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(wordOf(parts[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) search.append(name, wordOf(each));
    }
  }
  const asked = search.toString();
  return `${PREFIX}${filled}${asked === "" ? "" : `?${asked}`}`;
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
