// JSON.parse says neither where a value stood, nor that a name came twice, nor (always) where it gave up; this does.

/** Where the values of a JSON text stand. */
export interface JsonPlaces {
  /** Line, from 1, of each value by its path, such as `keys[0].scope`; the whole text has the path ``. */
  readonly lines: ReadonlyMap<string, number>;
  /** Path of the first member whose name came before in the same object; null without such. */
  readonly duplicate: string | null;
  /** Line where the text stops being JSON; null when it is JSON. */
  readonly faultLine: number | null;
}

/** What may come next. */
type Expected = "value" | "first-value" | "name" | "first-name" | "colon" | "more" | "end";

interface Container {
  readonly path: string;
  /** Names seen; null for an array. */
  readonly names: Set<string> | null;
  count: number;
  name: string;
}

/** What is nested deeper goes by its container's path. */
const MAX_NAMED = 16;
const SPACE = /[ \t\r\n]*/y;
const TOKEN =
  /[[\]{},:]|"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Walks a text, however deep it is nested. */
export function jsonPlaces(text: string): JsonPlaces {
  const lines = new Map<string, number>();
  const open: Container[] = [];
  let duplicate: string | null = null;
  let expected: Expected = "value";
  let line = 1;
  for (let at = 0; ; ) {
    const space = matchAt(SPACE, text, at) ?? "";
    line += space.split("\n").length - 1;
    at += space.length;
    if (at === text.length) return { lines, duplicate, faultLine: expected === "end" ? null : line };
    const token = matchAt(TOKEN, text, at);
    if (token === null || !fits(token, expected)) return { lines, duplicate, faultLine: line };
    at += token.length;
    const around = open.at(-1);
    if (token === "}" || token === "]") {
      if ((around?.names == null) !== (token === "]")) return { lines, duplicate, faultLine: line };
      open.pop();
      expected = open.length === 0 ? "end" : "more";
    } else if (token === ",") expected = around?.names == null ? "value" : "name";
    else if (token === ":") expected = "value";
    else if (around?.names != null && (expected === "name" || expected === "first-name")) {
      around.name = JSON.parse(token) as string;
      if (around.names.has(around.name)) duplicate ??= pathIn(around);
      around.names.add(around.name);
      expected = "colon";
    } else {
      const path = around === undefined ? "" : open.length > MAX_NAMED ? around.path : pathIn(around);
      if (around !== undefined) around.count += 1;
      lines.set(path, line);
      const opens = token === "{" || token === "[";
      if (opens) open.push({ path, names: token === "{" ? new Set() : null, count: 0, name: "" });
      if (opens) expected = token === "{" ? "first-name" : "first-value";
      else expected = around === undefined ? "end" : "more";
    }
  }
}

function fits(token: string, expected: Expected): boolean {
  const isValue = !"]}:,".includes(token);
  switch (expected) {
    case "value":
      return isValue;
    case "first-value":
      return isValue || token === "]";
    case "name":
      return token.startsWith('"');
    case "first-name":
      return token.startsWith('"') || token === "}";
    case "colon":
      return token === ":";
    case "more":
      return token === "," || token === "}" || token === "]";
    case "end":
      return false;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function pathIn({ path, names, count, name }: Container): string {
  if (names === null) return `${path}[${count}]`;
  return path === "" ? name : `${path}.${name}`;
}
