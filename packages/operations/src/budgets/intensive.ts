/** Declared bursts (`mode: "intensive"` in a status), as a pure reducer: five minutes of a whole core, at most once in half an
 *  hour. Monotonic milliseconds. */

export const BURST_MS = 300_000;
export const BURST_EVERY_MS = 1_800_000;

export interface Intensive {
  /** When the last burst began; `null` when there was none. */
  readonly begunAtMs: number | null;
  readonly on: boolean;
  /** The refusal was told; once is enough until the next burst. */
  readonly refused: boolean;
}

export type IntensiveFinding =
  | { readonly type: "begun" }
  | { readonly type: "ended"; readonly afterMs: number; readonly why: "over" | "said" | "gone" }
  | { readonly type: "refused"; readonly againInMs: number };

export const noBurst: Intensive = { begunAtMs: null, on: false, refused: false };

interface Answer {
  readonly intensive: Intensive;
  readonly finding: IntensiveFinding | null;
}

/** The agent says how it works now. */
export function declare(intensive: Intensive, mode: "intensive" | "normal", atMs: number): Answer {
  const passed = passTime(intensive, atMs);
  if (passed.finding !== null) return passed;
  const { on, begunAtMs, refused } = intensive;
  if (mode === "normal") return on ? ended(intensive, atMs, "said") : unchanged(intensive);
  if (on) return unchanged(intensive);
  const againInMs = begunAtMs === null ? 0 : begunAtMs + BURST_EVERY_MS - atMs;
  if (againInMs <= 0) return { intensive: { begunAtMs: atMs, on: true, refused: false }, finding: { type: "begun" } };
  if (refused) return unchanged(intensive);
  return { intensive: { ...intensive, refused: true }, finding: { type: "refused", againInMs } };
}

/** Time passes: a burst ends by itself. */
export function passTime(intensive: Intensive, atMs: number): Answer {
  const { on, begunAtMs } = intensive;
  return on && begunAtMs !== null && atMs - begunAtMs >= BURST_MS
    ? ended(intensive, atMs, "over")
    : unchanged(intensive);
}

/** The process is gone: its burst is over, and the next process has to wait as this one would have. */
export function abandon(intensive: Intensive, atMs: number): Answer {
  return intensive.on ? ended(intensive, atMs, "gone") : unchanged(intensive);
}

function ended(intensive: Intensive, atMs: number, why: "over" | "said" | "gone"): Answer {
  const afterMs = atMs - (intensive.begunAtMs ?? atMs);
  return { intensive: { ...intensive, on: false }, finding: { type: "ended", afterMs, why } };
}

const unchanged = (intensive: Intensive): Answer => ({ intensive, finding: null });
