// On which line of a TOML text a key stands. The parser has judged the text before and gives places for its own errors only.

type KeyPath = readonly (string | number)[];

/** The line, from 1, of the nearest place to `path`: the key itself, else the table it belongs to. Reads headers and keys
 *  line by line; what is inside inline tables and lists has the line of their key. */
export function tomlLine(text: string, path: KeyPath): number {
  const words = path.filter((word) => typeof word === "string");
  let best = { line: 1, depth: 0 };
  for (const { line, key } of keyLines(text)) {
    const isOnTheWay = key.length <= words.length && key.every((word, index) => word === words[index]);
    if (isOnTheWay && key.length > best.depth) best = { line, depth: key.length };
  }
  return best.line;
}

function* keyLines(text: string): Generator<{ readonly line: number; readonly key: readonly string[] }> {
  let table: readonly string[] = [];
  let closing: string | null = null;
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    let rest: string = line;
    if (closing !== null) {
      const end = rest.indexOf(closing);
      if (end === -1) continue;
      rest = rest.slice(end + 3);
      closing = null;
    } else if (depth === 0) {
      const header = /^\s*\[{1,2}([^\]]+)\]/.exec(rest);
      if (header !== null) {
        table = wordsOf(header[1] ?? "");
        yield { line: index + 1, key: table };
        continue;
      }
      const entry =
        /^\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+))*)\s*=/.exec(rest);
      if (entry !== null) {
        yield { line: index + 1, key: [...table, ...wordsOf(entry[1] ?? "")] };
        rest = rest.slice(entry[0].length);
      }
    }
    const value = valueEnd(rest, depth);
    ({ depth, closing } = value);
  }
}

/** How deep in lists and inline tables a line ends, and in which long text if in one. */
function valueEnd(rest: string, depthBefore: number): { readonly depth: number; readonly closing: string | null } {
  let depth = depthBefore;
  for (const [token] of rest.matchAll(/"""[^]*?"""|'''[^]*?'''|"""|'''|"(?:[^"\\]|\\.)*"|'[^']*'|#.*|[[\]{}]/g)) {
    if (token === '"""' || token === "'''") return { depth, closing: token };
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth = Math.max(0, depth - 1);
  }
  return { depth, closing: null };
}

/** The words of a dotted key, quotes taken off. */
function wordsOf(key: string): string[] {
  return [...key.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, quoted, literal, bare]) => quoted ?? literal ?? bare ?? "",
  );
}
