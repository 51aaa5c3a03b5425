/** What metering wants of one line of `/proc/<pid>/stat`. Filled again and again: a sweep makes no garbage. */
export interface StatLine {
  /** One byte, as a number. */
  state: number;
  ppid: number;
  pgrp: number;
  /** Clock ticks of the process itself, user and system. */
  ownTicks: number;
  /** Clock ticks of its children that were waited for, and of theirs. */
  waitedTicks: number;
  /** Clock ticks between boot and its start: with the pid, its identity. */
  startTicks: number;
  rssPages: number;
}

const SPACE = 32;
const MINUS = 45;
const ZERO = 48;
const CLOSING_BRACKET = 41;
/** The state is the first field after the name, and number 3 in proc(5). */
const FIRST_FIELD = 3;
const LAST_FIELD = 24;

/** An empty one to fill. */
export function emptyStatLine(): StatLine {
  return { state: 0, ppid: 0, pgrp: 0, ownTicks: 0, waitedTicks: 0, startTicks: 0, rssPages: 0 };
}

/** Reads `length` bytes into `into`; false when they are no whole stat line. */
export function readStatLine(bytes: Uint8Array, length: number, into: StatLine): boolean {
  // A name may hold brackets, spaces and line ends: what follows the last bracket is regular.
  let at = length - 1;
  while (at >= 0 && bytes[at] !== CLOSING_BRACKET) at--;
  if (at < 1 || at + 4 > length) return false;
  at += 2;
  into.state = bytes[at] ?? 0;
  at += 2;
  into.ownTicks = 0;
  into.waitedTicks = 0;
  for (let field = FIRST_FIELD + 1; field <= LAST_FIELD; field++) {
    let value = 0;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const from = at;
    for (let byte = bytes[at] ?? 0; at < length && byte >= ZERO; byte = bytes[++at] ?? 0)
      value = value * 10 + byte - ZERO;
    if (at === from) return false;
    note(into, field, negative ? -value : value);
    if (bytes[at] === SPACE) at++;
  }
  return true;
}

function note(into: StatLine, field: number, value: number): void {
  if (field === 4) into.ppid = value;
  else if (field === 5) into.pgrp = value;
  else if (field === 14 || field === 15) into.ownTicks += value;
  else if (field === 16 || field === 17) into.waitedTicks += value;
  else if (field === 22) into.startTicks = value;
  else if (field === 24) into.rssPages = Math.max(0, value);
}
