/** The memory policy for one process, as a pure reducer over its samples: one high sample is a peak, three of five are a leak. */

const SAMPLES = 5;
const TOO_MANY = 3;

/** A bit for each of the last five samples, set where it was over the limit; the newest is the lowest. */
export type MemoryWatch = number;

export const newMemoryWatch: MemoryWatch = 0;

/** Takes a sample; `breach` while it and at least two of the four before it are over `limitMib`. */
export function watchMemory(
  watch: MemoryWatch,
  memoryMib: number,
  limitMib: number,
): { watch: MemoryWatch; breach: boolean } {
  const over = memoryMib > limitMib;
  const next = ((watch << 1) | (over ? 1 : 0)) & ((1 << SAMPLES) - 1);
  return { watch: next, breach: over && bits(next) >= TOO_MANY };
}

function bits(watch: MemoryWatch): number {
  let count = 0;
  for (let rest = watch; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
