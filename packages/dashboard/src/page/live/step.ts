// The one reducer of the page: what it knows, and what it does next.
import { initialState } from "./initial.ts";
import { withStatus } from "./agents.ts";
import type { LiveEffect, LiveEvent, LiveState } from "./state.ts";
import { takeIn, withChanges } from "./take-in.ts";

/** So much of the past is always held. */
export const RECENT_MS = 48 * 3_600_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8_000;
/** Figures such as CPU and counters have no events of their own. */
const STATUS_EVERY_MS = 5_000;
/** What changes an agent often changes several things at once. */
const STATUS_SOON_MS = 250;
const USUAL = ["agent:*", "segment:*", "plugin:*", "widget:*"];
const POLICY_VIOLATION = 1008;

export interface Step {
  readonly state: LiveState;
  readonly effects: readonly LiveEffect[];
}

export function step(state: LiveState, event: LiveEvent): Step {
  const { connection } = state;
  switch (event.type) {
    case "started": {
      const started = { ...state, segmentsFromMs: event.atMs - RECENT_MS };
      return event.hasToken ? connect(started, 0) : go(started);
    }
    case "signed-in":
      return connect(anew(state), 0, { do: "disconnect" });
    case "signed-out":
      // A code that is spent is one more reason.
      if (connection.name === "signed-out")
        return go(event.why === null ? state : { ...state, connection: { name: "signed-out", why: event.why } });
      return go(
        { ...initialState, segmentsFromMs: state.segmentsFromMs, connection: { name: "signed-out", why: event.why } },
        { do: "clear-timers" },
        { do: "disconnect" },
        { do: "forget-token" },
      );
    case "socket-opened": {
      if (connection.name !== "connecting") return go(state);
      return subscribe({ ...state, connection: { name: "connecting", failures: connection.failures } });
    }
    case "told":
      return connection.name === "signed-out" ? go(state) : told(state, event);
    case "socket-closed":
      if (connection.name === "signed-out" || connection.name === "waiting") return go(state);
      return wait(state, event);
    case "timer":
      if (event.timer === "retry")
        return connection.name === "waiting" ? connect(state, connection.failures) : go(state);
      return connection.name === "open" ? go(state, { do: "read-status" }) : go(state);
    case "hurried":
      return connection.name === "waiting" ? connect(state, connection.failures, { do: "clear-timers" }) : go(state);
    case "wanted": {
      const wanted = { ...state, extra: event.extra };
      const kept = { ...wanted, ...forgotten(wanted) };
      return connection.name === "open" ? subscribe(kept) : go(kept);
    }
    case "status-read":
      return go(
        { ...state, ...withStatus(state, event.status) },
        ...(connection.name === "open" ? [nextStatus(STATUS_EVERY_MS)] : []),
      );
    case "timeline-read":
      return go({
        ...state,
        segments: event.segments,
        open: event.open,
        segmentsFromMs: event.fromMs,
        hasSegments: true,
        changes: withChanges(state.changes, ["segments"]),
      });
  }
}

function told(state: LiveState, { messages }: Extract<LiveEvent, { type: "told" }>): Step {
  const error = messages.find((message) => message.type === "error");
  if (error?.code === "unauthorized") return step(state, { type: "signed-out", why: error.detail });
  // Another collector, or one whose evidence is younger than ours: nothing that we hold is its own.
  if (error?.code === "invalid-parameter") return go(anew(state));
  const { state: next, statusIsOld } = takeIn(state, messages);
  const subscribed = messages.some(({ type }) => type === "subscribed") && state.connection.name !== "open";
  if (!subscribed) return go(next, ...(statusIsOld ? [nextStatus(STATUS_SOON_MS)] : []));
  const effects: LiveEffect[] = [{ do: "read-status" }];
  if (!next.hasSegments) effects.push({ do: "read-timeline", fromMs: next.segmentsFromMs });
  return go({ ...next, connection: { name: "open" } }, ...effects);
}

function connect(state: LiveState, failures: number, ...first: LiveEffect[]): Step {
  return go({ ...state, connection: { name: "connecting", failures } }, ...first, { do: "connect" });
}

function wait(state: LiveState, { atMs, code, reason }: Extract<LiveEvent, { type: "socket-closed" }>): Step {
  const failures = state.connection.name === "connecting" ? state.connection.failures + 1 : 1;
  const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
  if (code === POLICY_VIOLATION && reason.startsWith("unauthorized"))
    return step(state, { type: "signed-out", why: reason });
  const why = reason === "" ? "the collector does not answer" : reason;
  return go(
    { ...state, resuming: null, connection: { name: "waiting", failures, retryAtMs: atMs + delayMs, why } },
    { do: "clear-timers" },
    {
      do: "set-timer",
      timer: "retry",
      delayMs,
    },
  );
}

function subscribe(state: LiveState): Step {
  const names = [...USUAL, ...state.extra];
  if (!state.hasSegments || state.seq === 0)
    return go({ ...state, resuming: null }, { do: "subscribe", subscribe: names });
  return go({ ...state, resuming: [] }, { do: "subscribe", subscribe: names, resume: state.seq });
}

/** What is not heard any more grows stale. */
function forgotten(state: LiveState): Partial<LiveState> {
  return {
    ...(state.extra.includes("evidence:*") ? {} : { records: [] }),
    ...(state.extra.includes("log") ? {} : { log: [] }),
  };
}

function anew(state: LiveState): LiveState {
  const { connection, segmentsFromMs, extra, changes } = state;
  return {
    ...initialState,
    connection,
    segmentsFromMs,
    extra,
    changes: withChanges(changes, ["anew", "segments", "evidence", "plugins", "agents"]),
  };
}

function nextStatus(delayMs: number): LiveEffect {
  return { do: "set-timer", timer: "status", delayMs };
}

function go(state: LiveState, ...effects: LiveEffect[]): Step {
  return { state, effects };
}
