// How far the plugin of one agent has come, and what its process was asked on the way and has not answered. The table beside
// that of the process: pure, total, effects as data.
import type { PluginState } from "@mimolo/protocol";

/** What a process is asked to do. `flush` comes between `suspend` and `unload`, on the way out only. */
export type Phase = "initialize" | "activate" | "suspend" | "flush" | "unload";
export type LifeHook = "load" | "initialize" | "activate" | "suspend" | "unload";

export interface Life {
  readonly state: PluginState;
  /** Whether the process announced `lifecycle`; one that did not is asked to `stop` and `start`, and may leave it unanswered. */
  readonly speaks: boolean;
  /** There is a process that was greeted and is not being ended: somebody to ask. */
  readonly listens: boolean;
  readonly asked: Phase | null;
  /** It did not come up in time. What it says later still counts. */
  readonly isLate: boolean;
  /** On its way out: suspend, flush, unload, the end. */
  readonly isLeaving: boolean;
}

export type LifeEvent =
  | { readonly type: "spawned" }
  | { readonly type: "greeted"; readonly lifecycle: boolean }
  /** `late`: as long as that is waited for an answer. */
  | { readonly type: "answered" | "late"; readonly phase: Phase }
  | { readonly type: "suspend" | "activate" | "leave" }
  /** The process is being ended, by whomever. */
  | { readonly type: "ending" }
  /** It is gone; `comesBack`: its supervisor will start another. */
  | { readonly type: "ended"; readonly comesBack: boolean };

export type LifeEffect =
  | { readonly do: "ask"; readonly phase: Phase }
  | { readonly do: "hook"; readonly hook: LifeHook }
  /** Says that an answer did not come in time. */
  | { readonly do: "complain"; readonly phase: Phase }
  /** Ends the process; `isFlushed`: it was asked to stop and to say what it has. */
  | { readonly do: "end"; readonly isFlushed: boolean };

export interface LifeStep {
  readonly life: Life;
  readonly effects: readonly LifeEffect[];
}

/** Nothing was loaded yet. */
export const unborn: Life = {
  state: "discovered",
  speaks: false,
  listens: false,
  asked: null,
  isLate: false,
  isLeaving: false,
};

/** The whole table. Unexpected events change nothing. Every hook that is entered is left again, and no process is asked the
 *  same twice. */
export function step(life: Life, event: LifeEvent): LifeStep {
  switch (event.type) {
    case "spawned":
      return to({ ...unborn, state: "loaded" }, life);
    case "greeted":
      return event.lifecycle ? metSpeaking(life) : metMute(life);
    case "answered":
      return event.phase === life.asked ? answered(life, event.phase) : stay(life);
    case "late":
      return event.phase === life.asked ? late(life, event.phase) : stay(life);
    case "suspend":
      return mayBeSuspended(life) ? ask({ ...life, isLate: false }, "suspend") : stay(life);
    case "activate":
      return mayBeActivated(life) ? ask(life, "activate") : stay(life);
    case "leave":
      return life.isLeaving ? stay(life) : leave(life);
    case "ending":
      return ending(life);
    case "ended":
      return ended(life, event.comesBack);
  }
}

function metSpeaking(life: Life): LifeStep {
  // A handshake that comes after another first word finds it active already: nothing is undone by that.
  const isNews = !life.isLeaving && life.asked === null && !life.speaks;
  const met: Life = { ...life, speaks: true, listens: true };
  return isNews && (life.state === "loaded" || life.state === "active") ? ask(met, "initialize") : stay(met);
}

function metMute(life: Life): LifeStep {
  const isNews = life.state === "loaded" && !life.isLeaving && !life.speaks;
  return isNews ? to({ ...life, state: "active", listens: true }, life) : stay(life);
}

function answered(life: Life, phase: Phase): LifeStep {
  const rest: Life = { ...life, asked: null, isLate: false };
  switch (phase) {
    case "initialize":
      return ask(life.state === "active" ? rest : { ...rest, state: "initialized" }, "activate", life);
    case "activate":
      return to({ ...rest, state: "active" }, life);
    case "suspend": {
      const suspended: Life = life.state === "active" ? { ...rest, state: "suspended" } : rest;
      return life.isLeaving ? ask(suspended, "flush", life) : to(suspended, life);
    }
    case "flush":
      return life.speaks ? ask(rest, "unload", life) : end(rest, life, true);
    case "unload":
      return end({ ...rest, state: "unloaded" }, life, true);
  }
}

/** Who is on the way out, or never promised an answer, goes on without; who is to begin has to say that it did. */
function late(life: Life, phase: Phase): LifeStep {
  const complaint: LifeEffect[] = life.speaks ? [{ do: "complain", phase }] : [];
  if (life.speaks && (phase === "initialize" || phase === "activate")) {
    return life.isLate ? stay(life) : { life: { ...life, isLate: true }, effects: complaint };
  }
  const next = answered(life, phase);
  return { life: next.life, effects: [...complaint, ...next.effects] };
}

function mayBeSuspended({ state, asked, listens, isLeaving }: Life): boolean {
  if (isLeaving || !listens) return false;
  return (state === "active" && asked !== "suspend" && asked !== "initialize") || asked === "activate";
}

function mayBeActivated({ state, asked, listens, isLeaving }: Life): boolean {
  if (isLeaving || !listens || asked === "activate") return false;
  return state === "suspended" || asked === "suspend";
}

function leave(life: Life): LifeStep {
  const leaving: Life = { ...life, isLeaving: true };
  // Whoever did not say that it began will say no more now.
  if (!life.listens || life.isLate) return end(leaving, life);
  if (life.asked === "suspend") return stay(leaving);
  if (life.asked === "activate" || (life.state === "active" && life.asked === null)) return ask(leaving, "suspend");
  if (life.state === "suspended") return ask(leaving, "flush");
  return end(leaving, life);
}

function ending(life: Life): LifeStep {
  const state = life.state === "active" ? "suspended" : life.state;
  return endAsked({ ...life, state, listens: false, asked: null, isLate: false }, life);
}

function ended(life: Life, comesBack: boolean): LifeStep {
  if (life.state === "discovered") return endAsked({ ...unborn }, life);
  return endAsked({ ...unborn, state: comesBack && !life.isLeaving ? "loaded" : "unloaded" }, life);
}

/** It ended before it was asked everything: nothing is to start it again. */
function endAsked(next: Life, before: Life): LifeStep {
  const { life, effects } = to(next, before);
  return before.isLeaving && before.asked !== null
    ? { life, effects: [...effects, { do: "end", isFlushed: false }] }
    : { life, effects };
}

function ask(life: Life, phase: Phase, before: Life = life): LifeStep {
  const next = to({ ...life, asked: phase }, before);
  return { life: next.life, effects: [...next.effects, { do: "ask", phase }] };
}

function end(life: Life, before: Life, isFlushed = false): LifeStep {
  const next = to({ ...life, asked: null, isLate: false }, before);
  return { life: next.life, effects: [...next.effects, { do: "end", isFlushed }] };
}

const stay = (life: Life): LifeStep => ({ life, effects: [] });

/** The next life, with the hooks that lie between. */
function to(life: Life, before: Life): LifeStep {
  return { life, effects: hooksBetween(before.state, life.state).map((hook) => ({ do: "hook", hook })) };
}

function hooksBetween(from: PluginState, next: PluginState): LifeHook[] {
  if (from === next) return [];
  const isBorn = from === "discovered" || from === "unloaded";
  const left: LifeHook[] = from === "active" ? ["suspend"] : [];
  switch (next) {
    case "discovered":
    case "suspended":
      return left;
    case "loaded":
      return isBorn ? ["load"] : left;
    case "initialized":
      return ["initialize"];
    case "active":
      return from === "loaded" ? ["initialize", "activate"] : ["activate"];
    case "unloaded":
      return [...left, "unload"];
  }
}
