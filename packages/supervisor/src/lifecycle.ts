import { afterDeath, backOffCeilingMs, cleanSlate, isHopeless, type Past, sustainedAfterMs } from "./back-off.ts";
import type { Aftermath, Effect, Lifecycle, LifecycleEvent, Step, Why } from "./lifecycle-state.ts";
import { startupDeadlineMs } from "./liveness.ts";
import type { LifecyclePolicy } from "./policy.ts";
import type { SpawnFailureCode } from "./ports.ts";
import { rungAfter } from "./stop-ladder.ts";

const END: Effect = { do: "send-last", command: { cmd: "sequence", sequence: ["stop", "flush", "shutdown"] } };
const JUST_END: Effect = { do: "send-last", command: { cmd: "shutdown" } };

/** The whole table: pure, total, and the only place where a state changes. Unexpected events change nothing. */
export function step(state: Lifecycle, event: LifecycleEvent, policy: LifecyclePolicy): Step {
  switch (state.name) {
    case "planned":
    case "stopped":
    case "blocked":
      if (event.type === "start-requested") return launch(cleanSlate, { cause: "start-requested" });
      if (event.type === "restart-requested") return launch(cleanSlate, event.why, event.why.cause);
      if (event.type === "block-requested") return go({ name: "blocked" }, blockedBy(event.reason));
      if (event.type === "stop-requested" && state.name === "planned") return rest();
      return stay(state);

    case "starting":
      if (event.type === "stop-requested") return rest();
      if (event.type === "block-requested") return go({ name: "blocked" }, blockedBy(event.reason));
      if (event.type === "spawn-failed") return withoutProcess(state.past, event, policy);
      if (event.type === "quarantine-requested") return putAway(state.past, event.atMs, event.why, policy);
      if (event.type === "spawned") {
        const wait: Effect = { do: "wait", delayMs: startupDeadlineMs(policy) };
        return go({ name: "handshaking", past: state.past }, { cause: "spawned" }, wait);
      }
      return stay(state);

    case "handshaking":
      if (event.type === "handshake-accepted") {
        return go({ name: "running", past: state.past, sinceMs: event.atMs, signs: 0 }, { cause: "handshake" });
      }
      if (event.type === "timer-fired") return askToStop(state.past, event.atMs, "died", tooSlow(policy), policy);
      return whileAlive(state, event, policy);

    case "running":
      if (event.type === "heard") return stay(forgiven(state, event.atMs, policy));
      return whileAlive(state, event, policy);

    case "backing-off":
    case "quarantined":
      if (event.type === "timer-fired") return tryAgain(state);
      if (event.type === "quarantine-requested" && state.name === "backing-off") {
        return putAway(state.past, event.atMs, event.why, policy);
      }
      if (event.type === "start-requested") return launch(cleanSlate, { cause: event.type }, event.type);
      if (event.type === "restart-requested") return launch(cleanSlate, event.why, event.why.cause);
      if (event.type === "stop-requested") return rest();
      if (event.type === "block-requested") return go({ name: "blocked" }, blockedBy(event.reason));
      return stay(state);

    case "stopping":
      if (event.type === "exited") return afterStop(state, event.atMs, policy);
      if (event.type === "timer-fired") return climb(state, policy);
      if (event.type === "still-flushing") return extend(state, event.atMs, policy);
      if (event.type === "stop-requested") {
        return stopHarder({ ...state, next: "stopped", why: { cause: "stop-requested" } }, event.hurry, policy);
      }
      if (event.type === "block-requested") {
        return forbid(state, event.atMs, blockedBy(event.reason), policy);
      }
      if (event.type === "start-requested") {
        return stay({ ...state, next: "started-anew", why: { cause: "start-requested" } });
      }
      if (event.type === "restart-requested" && !event.counted) {
        return stay({ ...state, next: "started-anew", why: event.why });
      }
      // What a person asked for meanwhile holds.
      if (event.type === "quarantine-requested" && state.next === "died") {
        return stay({ ...state, next: "quarantined", why: event.why });
      }
      return stay(state);
  }
}

type Alive = Extract<Lifecycle, { readonly name: "handshaking" | "running" }>;
type Stopping = Extract<Lifecycle, { readonly name: "stopping" }>;

function whileAlive(state: Alive, event: LifecycleEvent, policy: LifecyclePolicy): Step {
  const { past } = state;
  if (event.type === "exited") {
    return died(past, event.atMs, { cause: "exited", detail: howItEnded(event) }, policy);
  }
  if (event.type === "stop-requested") {
    const why: Why = { cause: "stop-requested" };
    const last = event.isFlushed === true ? JUST_END : END;
    if (!event.hurry) return askToStop(past, event.atMs, "stopped", why, policy, last);
    return { ...stopHarder(firstRung(past, event.atMs, "stopped", why), true, policy), why };
  }
  if (event.type === "restart-requested") {
    return askToStop(past, event.atMs, event.counted ? "died" : "started-anew", event.why, policy);
  }
  if (event.type === "quarantine-requested") return askToStop(past, event.atMs, "quarantined", event.why, policy);
  if (event.type === "block-requested") {
    return askToStop(past, event.atMs, "blocked", blockedBy(event.reason), policy);
  }
  if (event.type === "handshake-rejected") {
    const why: Why = { cause: "rejected", detail: event.reason };
    const wait: Effect = { do: "wait", delayMs: policy.sequenceMs };
    const reject: Effect = { do: "send-last", command: { cmd: "reject", reason: event.reason } };
    return go(firstRung(past, event.atMs, "quarantined", why), why, reject, wait);
  }
  return stay(state);
}

function launch(past: Past, why: Why, restartAfter?: string): Step {
  const effect: Effect = restartAfter === undefined ? { do: "spawn" } : { do: "spawn", restartAfter };
  return go({ name: "starting", past }, why, effect);
}

function tryAgain(state: Extract<Lifecycle, { readonly name: "backing-off" | "quarantined" }>): Step {
  const { past, why } = state;
  if (state.name === "backing-off") return launch(past, { cause: "back-off-over" }, why.cause);
  return launch({ ...past, probing: true }, { cause: "probe" }, why.cause);
}

function died(past: Past, atMs: number, why: Why, policy: LifecyclePolicy): Step {
  const after = afterDeath(past, atMs, policy);
  if (isHopeless(after, atMs, policy)) return quarantine(after, why, policy);
  const delayMs = backOffCeilingMs(after.failures, policy);
  return go({ name: "backing-off", past: after, why }, why, { do: "wait", delayMs, jitter: "full" });
}

function withoutProcess(
  past: Past,
  failure: { readonly atMs: number; readonly code: SpawnFailureCode; readonly message: string },
  policy: LifecyclePolicy,
): Step {
  const why: Why = { cause: failure.code, detail: failure.message };
  // Trying again at once cannot help against a missing file; it can when the machine was short of something.
  return failure.code === "spawn-failed" ? died(past, failure.atMs, why, policy) : quarantine(past, why, policy);
}

function quarantine(past: Past, why: Why, policy: LifecyclePolicy): Step {
  return go({ name: "quarantined", past, why }, why, { do: "wait", delayMs: policy.probeEveryMs });
}

/** A quarantine that somebody decided on counts as a death. */
function putAway(past: Past, atMs: number, why: Why, policy: LifecyclePolicy): Step {
  return quarantine(afterDeath(past, atMs, policy), why, policy);
}

function askToStop(
  past: Past,
  atMs: number,
  next: Aftermath,
  why: Why,
  policy: LifecyclePolicy,
  last: Effect = END,
): Step {
  const delayMs = next === "blocked" ? policy.forbiddenMs : policy.sequenceMs;
  return go(firstRung(past, atMs, next, why), why, last, { do: "wait", delayMs });
}

function firstRung(past: Past, atMs: number, next: Aftermath, why: Why): Stopping {
  // What may not run any more gets no more time either.
  return { name: "stopping", past, sinceMs: atMs, rung: "asked", extended: next === "blocked", next, why };
}

function climb(state: Stopping, policy: LifecyclePolicy): Step {
  const { rung, waitMs } = rungAfter(state.rung, policy);
  const force: Effect =
    rung === "input-closed" ? { do: "close-input" } : rung === "terminated" ? { do: "terminate" } : { do: "kill" };
  return { state: { ...state, rung }, effects: [force, { do: "wait", delayMs: waitMs }] };
}

function stopHarder(state: Stopping, hurry: boolean, policy: LifecyclePolicy): Step {
  return hurry ? climb({ ...state, rung: "terminated" }, policy) : stay(state);
}

function extend(state: Stopping, atMs: number, policy: LifecyclePolicy): Step {
  if (state.rung !== "asked" || state.extended) return stay(state);
  const delayMs = Math.max(0, state.sinceMs + policy.flushingMs - atMs);
  return { state: { ...state, extended: true }, effects: [{ do: "wait", delayMs }] };
}

/** Takes back more time that was given, and gives none from now on. */
function forbid(state: Stopping, atMs: number, why: Why, policy: LifecyclePolicy): Step {
  const forbidden: Stopping = { ...state, extended: true, next: "blocked", why };
  if (state.rung !== "asked" || !state.extended || state.next === "blocked") return stay(forbidden);
  const delayMs = Math.max(0, state.sinceMs + policy.sequenceMs - atMs);
  return { state: forbidden, effects: [{ do: "wait", delayMs }] };
}

function afterStop(state: Stopping, atMs: number, policy: LifecyclePolicy): Step {
  switch (state.next) {
    case "stopped":
      return go({ name: "stopped" }, state.why);
    case "blocked":
      return go({ name: "blocked" }, state.why);
    case "started-anew":
      return launch(cleanSlate, state.why, state.why.cause);
    case "quarantined":
      return putAway(state.past, atMs, state.why, policy);
    case "died":
      return died(state.past, atMs, state.why, policy);
  }
}

function forgiven(state: Extract<Lifecycle, { name: "running" }>, atMs: number, policy: LifecyclePolicy): Lifecycle {
  if (state.past === cleanSlate) return state;
  const signs = state.signs + 1;
  const sustained = signs >= 2 && atMs - state.sinceMs >= sustainedAfterMs(policy);
  return { ...state, signs, past: sustained ? cleanSlate : state.past };
}

const blockedBy = (reason: string): Why => ({ cause: "blocked", detail: reason });
const tooSlow = (policy: LifecyclePolicy): Why => ({
  cause: "startup-timeout",
  detail: `no handshake within ${startupDeadlineMs(policy) / 1_000} s`,
});
const howItEnded = (exit: { readonly code: number | null; readonly signal: string | null }) =>
  exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
const rest = () => go({ name: "stopped" }, { cause: "stop-requested" });
const stay = (state: Lifecycle): Step => ({ state, effects: [] });
const go = (state: Lifecycle, why: Why, ...effects: Effect[]): Step => ({ state, effects, why });
