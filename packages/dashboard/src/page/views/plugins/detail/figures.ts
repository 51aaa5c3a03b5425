const format = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

/** `12.4 %`, `0.04 %`: budgets are small. */
export function percentText(percent: number): string {
  return `${(percent < 1 ? fine : format).format(percent)} %`;
}

/** `840 µs`, `12.4 ms`, `1.2 s`; a dash before there is any. */
export function microsecondsText(microseconds: number | null): string {
  if (microseconds === null) return "–";
  if (microseconds < 1_000) return `${format.format(microseconds)} µs`;
  if (microseconds < 1_000_000) return `${format.format(microseconds / 1_000)} ms`;
  return `${format.format(microseconds / 1_000_000)} s`;
}

/** `38.5 MiB`; a dash where nobody measured. */
export function mibText(mib: number | null): string {
  return mib === null ? "–" : `${format.format(mib)} MiB`;
}
