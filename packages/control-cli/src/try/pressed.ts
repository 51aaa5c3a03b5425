// What a key does, depending on where the agent is.
import type { Effect, Key, SessionState } from "./session-state.ts";

const ANSWER_MS = 10_000;
const END_MS = 10_000;
/** Whoever saves waits for the next life, not for this one. */
const RESTART_MS = 3000;

/** The rules about answers to what keys ask. */
export const RULE_OF_COMMAND: Readonly<Record<string, string | undefined>> = {
  flush: "JLP301",
  status: "JLP302",
  stop: "JLP303",
  start: "JLP304",
  widget_render: "JLP905",
};

interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

export function pressed(state: SessionState, key: Key): Step {
  if (key === "help") return { state, effects: [{ do: "help" }] };
  if (key === "quit") return quit(state);
  if (key === "restart") return toldToEnd(state, "restart");
  if (state.phase !== "working") return { state, effects: [{ do: "note", text: NOT_NOW[state.phase] }] };
  switch (key) {
    case "flush":
      return asks(state, "flush");
    case "status":
      return asks(state, "status");
    case "toggle":
      return asks({ ...state, isSampling: !state.isSampling }, state.isSampling ? "stop" : "start");
    case "widget":
      if (state.features.includes("widget_frame")) return asks(state, "widget_render");
      return { state, effects: [{ do: "note", text: "it announces no widget_frame: there is nothing to render" }] };
    case "shutdown":
      return toldToEnd(state, "nothing");
  }
}

const NOT_NOW: Readonly<Record<Exclude<SessionState["phase"], "working">, string>> = {
  starting: "it has not introduced itself yet",
  ending: "it is ending",
  ended: "it does not run: r starts it",
  left: "",
};

function asks(state: SessionState, cmd: string): Step {
  return {
    state: { ...state, awaited: [...new Set([...state.awaited, cmd])] },
    effects: [
      { do: "send", cmd },
      { do: "wait", timer: `answer:${cmd}`, ms: ANSWER_MS },
    ],
  };
}

/** Asked twice, it ends at once. */
function quit(state: SessionState): Step {
  if (state.phase === "ended") return { state: { ...state, phase: "left" }, effects: [{ do: "leave" }] };
  if (state.phase !== "ending" || state.afterwards !== "quit") return toldToEnd(state, "quit");
  return { state: { ...state, wasKilled: true }, effects: [{ do: "kill" }] };
}

/** Tells it to shut down; where nothing runs, what follows comes at once. */
export function toldToEnd(state: SessionState, afterwards: SessionState["afterwards"]): Step {
  if (state.phase === "ended") return { state, effects: afterwards === "restart" ? [{ do: "start" }] : [] };
  if (state.phase === "ending") return { state: { ...state, afterwards }, effects: [] };
  return {
    state: { ...state, phase: "ending", afterwards },
    effects: [
      { do: "forget", timer: "flush" },
      { do: "send", cmd: "shutdown" },
      { do: "wait", timer: "end", ms: afterwards === "restart" ? RESTART_MS : END_MS },
    ],
  };
}
