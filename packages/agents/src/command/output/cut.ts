/** At most so many UTF-16 units of a text, the last character whole. */
export function cut(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, text.length > most && last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

/** The same, with a mark where something is missing. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${cut(text, most)}…` : text;
}
