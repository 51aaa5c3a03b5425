/** An option that may be given again: every value, in order. */
export function parseAnother(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
