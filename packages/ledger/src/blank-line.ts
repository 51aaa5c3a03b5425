/** What erasing leaves of a line: the same length, its members as they were, no salt and nothing said. */

const SALTED = /"salt":"[\w-]{22}","(?:message|data)":/;
const SALT = '"salt":"';
const NO_SALT = "A".repeat(22);
const NO_SALT_MEMBER = Buffer.from(`${SALT}${NO_SALT}"`);

/** The line with its body emptied and its salt gone; null when it is no record's. */
export function blankOf(line: Buffer): Buffer | null {
  const text = line.toString("latin1");
  const found = SALTED.exec(text);
  const bodyStart = (found?.index ?? 0) + (found?.[0].length ?? 0);
  if (found === null || !text.endsWith("}") || line.length < bodyStart + 3) return null;
  const blank = Buffer.from(line);
  blank.write(NO_SALT, found.index + SALT.length, "latin1");
  blank.fill(" ", bodyStart, line.length - 1);
  blank.write("{}", bodyStart, "latin1");
  return blank;
}

/** Whether nothing is left of a line's body and salt. */
export function isBlankLine(line: Buffer): boolean {
  return line.includes(NO_SALT_MEMBER) && blankOf(line)?.equals(line) === true;
}
