// A session with one agent, as a pure step from what is known and what happened to what is known then and what is to be done.
import { moreTelling } from "@mimolo/supervisor";
import { breaks, hold, mendedBy } from "./broken-rules.ts";
import { RULE_OF_COMMAND, pressed, toldToEnd } from "./pressed.ts";
import { heard, neverStarted } from "./heard.ts";
import type { Effect, SessionEvent, SessionState, Timer } from "./session-state.ts";

/** An editor writes in several steps; this long after the last one the file is taken for whole. */
export const QUIET_MS = 200;
const FIRST_FLUSH_MS = 1000;
const FLUSH_EVERY_MS = 10_000;
/** An agent that writes into its own folder would start itself anew for ever. */
const MOST_RESTARTS_PER_MINUTE = 8;

export interface Step {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

export function step(state: SessionState, event: SessionEvent): Step {
  if (state.phase === "left") return { state, effects: [] };
  switch (event.what) {
    case "began":
      return {
        state,
        effects: [{ do: "start" }, ...(event.forMs === null ? [] : [wait("over", event.forMs)])],
      };
    case "started":
      return {
        state: freshLife(state, event.at_ms),
        effects: [{ do: "note", text: `started, process ${event.pid}` }],
      };
    case "working":
      if (state.phase !== "starting") return { state, effects: [] };
      return {
        state: { ...state, phase: "working", features: event.features },
        // Where nobody presses keys, it is asked all the same.
        effects: state.isAttended ? [] : [{ do: "send", cmd: "status" }, wait("flush", FIRST_FLUSH_MS)],
      };
    case "told":
      return { state: afterCommand(state, event.cmd, event.at_ms), effects: [] };
    case "said":
      return answered(heard(state, event), event.answers);
    case "wrote":
      return { state: { ...state, lastWords: moreTelling(state.lastWords, event.line) }, effects: [] };
    case "missed": {
      const seen = `${event.waitedFor} did not come within ${event.withinMs / 1000} s`;
      if (event.rule !== null) return breaks(state, [{ id: event.rule, seen }], event.at_ms);
      return { state, effects: [{ do: "warn", text: seen }] };
    }
    case "judged": {
      const broke = breaks(state, event.broken, event.at_ms);
      const mended = mendedBy(broke.state, event.holding, event.at_ms);
      return { state: mended.state, effects: [...broke.effects, ...mended.effects] };
    }
    case "ended":
      return gone(state, event);
    case "not-started":
      return {
        state: { ...state, phase: "ended", neverStarted: event.why },
        effects: [{ do: "warn", text: `${event.why}; the next save starts it, or r` }],
      };
    case "key":
      return pressed(state, event.key);
    case "changed":
      return {
        state: { ...state, changed: [...new Set([...state.changed, event.path])] },
        effects: [wait("quiet", QUIET_MS)],
      };
    case "due":
      return due(state, event.timer, event.at_ms);
  }
}

function due(state: SessionState, timer: Timer, atMs: number): Step {
  if (timer === "over") return pressed(state, "quit");
  if (timer === "quiet") return saved(state, atMs);
  if (timer === "end") return late(state, atMs);
  if (timer === "flush") {
    if (state.phase !== "working") return { state, effects: [] };
    const asked = pressed(state, "flush");
    return { state: asked.state, effects: [...asked.effects, wait("flush", FLUSH_EVERY_MS)] };
  }
  const cmd = timer.slice("answer:".length);
  if (!state.awaited.includes(cmd)) return { state, effects: [] };
  const waiting = { ...state, awaited: state.awaited.filter((each) => each !== cmd) };
  const rule = RULE_OF_COMMAND[cmd];
  const seen = `${cmd} was not answered within 10 s`;
  if (rule === undefined) return { state: waiting, effects: [{ do: "warn", text: seen }] };
  return breaks(waiting, [{ id: rule, seen }], atMs);
}

function saved(state: SessionState, atMs: number): Step {
  const recently = state.restartedMs.filter((each) => atMs - each < 60_000);
  const [oldestMs] = recently;
  const names = state.changed.join(", ");
  if (recently.length >= MOST_RESTARTS_PER_MINUTE && oldestMs !== undefined) {
    const text = `${names} changed again: it was restarted ${recently.length} times in a minute, the next one waits`;
    return {
      state: { ...state, restartedMs: recently },
      effects: [{ do: "warn", text }, wait("quiet", oldestMs + 60_000 - atMs)],
    };
  }
  const known = { ...state, changed: [], restartedMs: [...recently, atMs] };
  if (state.phase === "ending" && state.afterwards === "quit") return { state: known, effects: [] };
  const restarted = toldToEnd(known, "restart");
  return {
    state: restarted.state,
    effects: [{ do: "note", text: `${names} changed: restarting` }, ...restarted.effects],
  };
}

/** Its time to go is over. */
function late(state: SessionState, atMs: number): Step {
  if (state.phase !== "ending") return { state, effects: [] };
  const killed = { ...state, wasKilled: true };
  if (state.afterwards === "restart") {
    return { state: killed, effects: [{ do: "warn", text: "it is still there, and is killed" }, { do: "kill" }] };
  }
  const broke = breaks(
    killed,
    [{ id: "JLP701", seen: "it was still there 10 s after shutdown, and was killed" }],
    atMs,
  );
  return { state: broke.state, effects: [...broke.effects, { do: "kill" }] };
}

function gone(state: SessionState, event: Extract<SessionEvent, { what: "ended" }>): Step {
  const { code, signal, leftBehind, at_ms: atMs } = event;
  const wasAsked = state.phase === "ending";
  const how = signal === null ? `exit code ${code}` : signal;
  const isBad = code !== 0 && !state.wasKilled;
  const found = [
    ...(wasAsked && isBad ? [{ id: "JLP702", seen: `after shutdown it ended with ${how}` }] : []),
    ...(wasAsked && !state.wasKilled && leftBehind.length > 0
      ? [{ id: "JLP703", seen: `still there after its end: ${leftBehind.join(", ")}` }]
      : []),
  ];
  const broke = breaks(state, found, atMs);
  const mended = wasAsked && !state.wasKilled ? mendedBy(broke.state, ["JLP701", "JLP702", "JLP703"], atMs) : broke;
  const forgotten = state.awaited.map((cmd): Effect => ({ do: "forget", timer: `answer:${cmd}` }));
  const hasCrashed = !wasAsked && isBad;
  const ended: SessionState = {
    ...mended.state,
    phase: "ended",
    ended: { code, signal },
    awaited: [],
    afterwards: "nothing",
    hasCrashed,
    neverStarted: neverStarted(state, how, atMs),
  };
  const effects: Effect[] = [
    ...broke.effects,
    ...(mended === broke ? [] : mended.effects),
    ...forgotten,
    { do: "forget", timer: "end" },
    { do: "forget", timer: "flush" },
    { do: hasCrashed ? "warn" : "note", text: `it ended${wasAsked ? "" : " by itself"} with ${how}` },
  ];
  if (state.afterwards === "restart") return { state: ended, effects: [...effects, { do: "start" }] };
  if (state.afterwards === "quit" || !state.isAttended) {
    return { state: { ...ended, phase: "left" }, effects: [...effects, { do: "leave" }] };
  }
  return { state: ended, effects: [...effects, { do: "note", text: "a save or r starts it again, q leaves" }] };
}

function freshLife(state: SessionState, atMs: number): SessionState {
  const known = new Set(state.broken.map(({ id }) => id));
  return {
    ...state,
    phase: "starting",
    afterwards: "nothing",
    wasKilled: false,
    startedMs: atMs,
    features: [],
    isSampling: true,
    awaited: [],
    toldMs: new Map(),
    lastCommand: null,
    unmended: [...state.unmended.filter(({ id }) => !known.has(id)), ...state.broken],
    broken: [],
    isIntroduced: false,
    neverStarted: null,
    errors: [],
    errorCount: 0,
    ended: null,
    hasCrashed: false,
    lastWords: null,
  };
}

function afterCommand(state: SessionState, cmd: string, atMs: number): SessionState {
  return { ...state, toldMs: new Map([...state.toldMs, [cmd, atMs]]), lastCommand: cmd };
}

function answered(state: SessionState, answers: readonly string[]): Step {
  const found = state.awaited.filter((cmd) => answers.includes(cmd));
  if (found.length === 0) return { state, effects: [] };
  const rules = new Set(found.map((cmd) => RULE_OF_COMMAND[cmd]));
  const waiting = { ...state, awaited: state.awaited.filter((cmd) => !found.includes(cmd)) };
  const mended = hold(
    waiting,
    state.unmended.flatMap(({ id }) => (rules.has(id) ? [id] : [])),
  );
  const forgotten = found.map((cmd): Effect => ({ do: "forget", timer: `answer:${cmd}` }));
  return { state: mended.state, effects: [...forgotten, ...mended.effects] };
}

function wait(timer: Timer, ms: number): Effect {
  return { do: "wait", timer, ms };
}
