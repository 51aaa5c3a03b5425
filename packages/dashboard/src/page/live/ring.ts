/** The newest `most` of both lists, in order; what came before is let go. */
export function newest<Item>(held: readonly Item[], added: readonly Item[], most: number): readonly Item[] {
  if (added.length === 0) return held;
  if (added.length >= most) return added.slice(-most);
  const kept = held.length + added.length > most ? held.slice(held.length + added.length - most) : held;
  return [...kept, ...added];
}
