// Which steps of a change a process is killed at.

/** Every day the deaths fall on other steps: in so many days as `stride` has steps, on each of them. */
const today = Math.floor(Date.now() / 86_400_000);

/**
 * The first step and how far it is to the next. `MIMOLO_KILLS_STRIDE` and `MIMOLO_KILLS_FIRST` say otherwise, as `npm run kills`
 * does; what a test found is found again with both.
 */
export function steps(stride: number): { first: number; stride: number } {
  const every = Number(process.env["MIMOLO_KILLS_STRIDE"] ?? stride);
  return { first: Number(process.env["MIMOLO_KILLS_FIRST"] ?? today % every), stride: every };
}
