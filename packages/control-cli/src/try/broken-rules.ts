// Rules are named once in each life of the agent; one that was broken before is said to hold once the life has come as far.
import type { Effect, SessionState, Verdict } from "./session-state.ts";

interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

export function breaks(state: SessionState, verdicts: readonly Verdict[], atMs: number): Step {
  const known = new Set(state.broken.map(({ id }) => id));
  const fresh = verdicts.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return { state, effects: [] };
  const ids = new Set(fresh.map(({ id }) => id));
  const { lastCommand: afterCommand } = state;
  const where = { afterCommand, afterMs: atMs - (momentOf(afterCommand, state) ?? atMs) };
  return {
    state: {
      ...state,
      broken: [...state.broken, ...fresh.map(({ id, seen }) => ({ id, seen, ...where }))],
      unmended: state.unmended.filter(({ id }) => !ids.has(id)),
      mended: state.mended.filter((id) => !ids.has(id)),
    },
    effects: fresh.map(({ id, seen }) => ({
      do: "broke",
      id,
      seen,
      isAgain: state.unmended.some((each) => each.id === id),
    })),
  };
}

export function mendedBy(state: SessionState, holding: readonly string[], atMs: number): Step {
  const isBroken = new Set(state.broken.map(({ id }) => id));
  const mended = state.unmended.filter(
    ({ id, afterMs, afterCommand }) =>
      holding.includes(id) && !isBroken.has(id) && atMs - (momentOf(afterCommand, state) ?? Infinity) >= afterMs,
  );
  return hold(
    state,
    mended.map(({ id }) => id),
  );
}

/** Says that these hold again. */
export function hold(state: SessionState, ids: readonly string[]): Step {
  return {
    state: {
      ...state,
      unmended: state.unmended.filter(({ id }) => !ids.includes(id)),
      mended: [...new Set([...state.mended, ...ids])],
    },
    effects: ids.map((id) => ({ do: "mended", id })),
  };
}

/** When that was in this life; undefined where it has not come yet. */
function momentOf(command: string | null, { startedMs, toldMs }: SessionState): number | undefined {
  return command === null ? startedMs : toldMs.get(command);
}
