// What JSON.parse lets pass: a key twice in one object, and nesting without end.

/** The first key that stands twice in its object, is `__proto__`, or a place nested deeper than `maxNesting`. `null`: none.
 *  The text has been parsed before, so it is valid JSON. */
export function jsonFault(
  text: string,
  maxNesting: number,
): { readonly code: "duplicate-key"; readonly key: string } | { readonly code: "too-deep" } | null {
  const open: (Set<string> | null)[] = [];
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:[ \t\r\n]*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : null);
      if (open.length > maxNesting) return { code: "too-deep" };
    } else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) {
      const key = String(JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)));
      const keys = open.at(-1);
      if (key === "__proto__" || keys?.has(key)) return { code: "duplicate-key", key };
      keys?.add(key);
    }
  }
  return null;
}
