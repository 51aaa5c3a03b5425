import type { LiveState } from "./state.ts";

/** Nothing is known yet. */
export const initialState: LiveState = {
  connection: { name: "signed-out", why: null },
  collector: null,
  agents: null,
  beats: {},
  segments: [],
  segmentsFromMs: 0,
  open: null,
  hasSegments: false,
  resuming: null,
  extra: [],
  seq: 0,
  records: [],
  log: [],
  frames: {},
  changes: { plugins: 0, segments: 0, evidence: 0, agents: 0, anew: 0 },
  shed: 0,
};
