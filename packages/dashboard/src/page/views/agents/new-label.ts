/** The same as `pattern` of an input, where the last `-` has to be escaped. */
export const LABEL_INPUT = String.raw`[A-Za-z_][A-Za-z0-9_\-]{0,63}`;

const LABEL_PATTERN = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** Why a label will not do, a sentence; null when it will. */
export function labelFault(label: string, taken: readonly string[]): string | null {
  if (label === "") return "Give it a name.";
  if (!LABEL_PATTERN.test(label)) return "Letters, digits, - and _, beginning with a letter; at most 64.";
  if (taken.some((each) => each.toLowerCase() === label.toLowerCase())) return "There is an agent of this name.";
  return null;
}

/** A name that is free: the last part of the plugin's id, or that with a number. */
export function freeLabel(wish: string, taken: readonly string[]): string {
  const cut =
    wish
      .split(".")
      .at(-1)
      ?.replaceAll(/[^A-Za-z0-9_-]/g, "-") ?? "";
  const base = (/^[A-Za-z_]/.test(cut) ? cut : `a-${cut}`).slice(0, 58);
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? base : `${base}-${number}`;
    if (labelFault(label, taken) === null) return label;
  }
}
