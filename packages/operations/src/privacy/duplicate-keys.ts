const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Whether a JSON line names a key twice in one object: what the first of them says is in the line, and in nothing that was
 *  read of it. `message` is the line as parsed. */
export function hasDuplicateKeys(line: Uint8Array, message: object): boolean {
  return colonsIn(line) !== keysIn(message);
}

function colonsIn(line: Uint8Array): number {
  let colons = 0;
  let inText = false;
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at];
    if (byte === QUOTE) inText = !inText;
    else if (inText && byte === BACKSLASH) at += 1;
    else if (!inText && byte === COLON) colons += 1;
  }
  return colons;
}

function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, each) => sum + keysIn(each), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}
