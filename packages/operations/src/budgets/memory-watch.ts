/** The memory policy for one process, as a pure reducer over its samples: one high sample is a peak, three of five are a leak. */

const SAMPLES = 5;
const TOO_MANY = 3;

/** Whether each of the last five samples was over the limit, oldest first. */
export type MemoryWatch = readonly boolean[];

export const newMemoryWatch: MemoryWatch = [];

/** Takes a sample; `breach` while it and at least two of the four before it are over `limitMib`. */
export function watchMemory(
  watch: MemoryWatch,
  memoryMib: number,
  limitMib: number,
): { watch: MemoryWatch; breach: boolean } {
  const over = memoryMib > limitMib;
  const next = [...watch, over].slice(-SAMPLES);
  return { watch: next, breach: over && next.filter(Boolean).length >= TOO_MANY };
}
