// Objects → lines.

/** One JSON line with its `\n`. JSON never holds a bare newline, so nothing needs escaping. */
export function encodeLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
