/** An option that takes many values swallows the words behind it: `install --grant network F`. The last value comes back
 *  where a word is missing and it is no value of that option. */
export function spilledWord(
  words: readonly string[],
  values: readonly string[] | undefined,
  wanted: { readonly words: number; readonly isValue?: (text: string) => boolean },
): { readonly words: readonly string[]; readonly values: readonly string[] | undefined } {
  const last = values?.at(-1);
  if (values === undefined || last === undefined || values.length < 2 || words.length !== wanted.words - 1) {
    return { words, values };
  }
  if (wanted.isValue?.(last) === true) return { words, values };
  return { words: [...words, last], values: values.slice(0, -1) };
}
