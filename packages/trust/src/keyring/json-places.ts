// JSON.parse says neither where a value stood nor that a key came twice; this does, for text it has accepted.

/** Where the values of a JSON text stand. */
export interface JsonPlaces {
  /** Line, from 1, of each value by its path, such as `keys[0].scope`; the whole text has the path ``. */
  readonly lines: ReadonlyMap<string, number>;
  /** Path of the first member whose name came before in the same object; null without such. */
  readonly duplicate: string | null;
}

interface Container {
  readonly path: string;
  /** Names seen; null for an array. */
  readonly names: Set<string> | null;
  count: number;
  name: string | null;
}

/** Finds each value's line and the first duplicate name. `text` is something `JSON.parse` takes. */
export function jsonPlaces(text: string): JsonPlaces {
  const lines = new Map<string, number>();
  const open: Container[] = [];
  let duplicate: string | null = null;
  let line = 1;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:\n]|[^\s"[\]{},:]+/g)) {
    const around = open.at(-1);
    if (token === "\n") line += 1;
    else if (token === "}" || token === "]") open.pop();
    else if (token === ",") {
      if (around !== undefined) around.name = null;
    } else if (around?.names != null && around.name === null) {
      around.name = JSON.parse(token) as string;
      if (around.names.has(around.name)) duplicate ??= pathIn(around);
      around.names.add(around.name);
    } else if (token !== ":") {
      const path = around === undefined ? "" : pathIn(around);
      if (around !== undefined) around.count += 1;
      lines.set(path, line);
      if (token === "{" || token === "[")
        open.push({ path, names: token === "{" ? new Set() : null, count: 0, name: null });
    }
  }
  return { lines, duplicate };
}

function pathIn({ path, names, count, name }: Container): string {
  if (names === null) return `${path}[${count}]`;
  return path === "" ? (name ?? "") : `${path}.${name ?? ""}`;
}

/** The line on which `JSON.parse` gave up. */
export function lineOfSyntaxError(text: string, error: unknown): number {
  const at = /at position (\d+)/.exec(String(error))?.[1];
  return text.slice(0, at === undefined ? undefined : Number(at)).split("\n").length;
}
