// The right name closest to a misspelt one.

/** Finds the candidate most like `written`: equal when case, `-` and `_` are ignored, else the fewest typing slips
 *  (at most a third of the length, three at most). `undefined` when nothing is close. */
export function nearestName(written: string, candidates: Iterable<string>): string | undefined {
  const plain = plainForm(written);
  const limit = Math.min(3, Math.max(1, Math.floor(plain.length / 3)));
  let best: string | undefined;
  let bestSlips = limit + 1;
  for (const candidate of candidates) {
    const other = plainForm(candidate);
    if (Math.abs(other.length - plain.length) >= bestSlips) continue;
    const slips = typingSlips(plain, other);
    if (slips < bestSlips) {
      best = candidate;
      bestSlips = slips;
    }
  }
  return best;
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions, swapped neighbours. */
export function typingSlips(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let slips = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        slips = Math.min(slips, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(slips);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

function plainForm(name: string): string {
  return name.slice(0, 80).toLowerCase().replaceAll(/[-_ ]/g, "");
}
