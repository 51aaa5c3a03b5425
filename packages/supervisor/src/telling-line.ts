/** What a program's end names: an exception of Python, Node, Java or .NET, a panic of Go or Rust. */
const NAMED =
  /^(?:Uncaught )?(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit)\b(?: \[\w+\])?(?::|$)|^panic: |^thread '.*' panicked/;

/** Whether a line on stderr names what went wrong, as the first or the last line of a traceback does. */
export function namesFault(line: string): boolean {
  return NAMED.test(line);
}

/** Whether a line on stderr only points at another, such as `^^^^^`. */
export function isOnlyMarks(line: string): boolean {
  return !/[\p{L}\p{N}]/u.test(line);
}

/** Of two lines on stderr the one that says more of a death, `line` being the later one: what names the fault, else the last that is
 *  no part of a trace. */
export function moreTelling(before: string | null, line: string): string | null {
  if (namesFault(line)) return line;
  const isPartOfTrace = /^\s/.test(line) || /^Node\.js v\d/.test(line) || isOnlyMarks(line);
  if (isPartOfTrace || (before !== null && namesFault(before))) return before;
  return line;
}
