/** Text of a stranger's, safe to stand in a sentence: control characters and what turns the writing are spelled out, and a
 *  long one is cut. */
export function shown(text: string): string {
  const safe = text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return safe.length <= 160 ? safe : `${safe.slice(0, 159)}…`;
}
