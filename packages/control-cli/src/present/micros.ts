/** A time that a call took, for people: `310 µs`, `4.2 ms`, `1.5 s`. */
export function micros(us: number): string {
  if (us < 1_000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${(us / 1_000).toFixed(1)} ms`;
  return `${(us / 1_000_000).toFixed(1)} s`;
}
