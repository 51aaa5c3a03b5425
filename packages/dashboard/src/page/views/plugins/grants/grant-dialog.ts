// The approval dialog: what is ticked, what was asked, and the six digits that the collector's terminal shows. Pure: what is to be
// sent comes out as an effect, what was answered goes in as an event.

/** What a refusal says, as far as the dialog goes by it. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly hint?: string | undefined;
  readonly reason?: string | undefined;
}

interface Asked {
  readonly pluginId: string;
  /** Names that can be given, the riskiest first. */
  readonly offered: readonly string[];
  readonly chosen: ReadonlySet<string>;
}

export type GrantState =
  | { readonly name: "closed" }
  /** Somebody reads and ticks. `refusal`: why the last try came to nothing. */
  | ({ readonly name: "choosing"; readonly refusal: Refusal | null } & Asked)
  /** The request is under way for the first time. */
  | ({ readonly name: "asking" } & Asked)
  /** The terminal shows a code. `code` is what was typed so far; `isSent`: it is being tried. */
  | ({
      readonly name: "confirming";
      readonly code: string;
      readonly isSent: boolean;
      /** When the code ends, milliseconds since the epoch. */
      readonly endsAtMs: number;
      readonly wrongTries: number;
      readonly refusal: Refusal | null;
    } & Asked)
  /** The code is void; another can be had at `endsAtMs`. */
  | ({ readonly name: "void"; readonly endsAtMs: number; readonly refusal: Refusal } & Asked)
  | { readonly name: "granted"; readonly pluginId: string; readonly granted: readonly string[] };

export type GrantEvent =
  | {
      readonly type: "opened";
      readonly pluginId: string;
      readonly offered: readonly string[];
      readonly chosen: readonly string[];
    }
  | { readonly type: "ticked"; readonly capability: string; readonly isOn: boolean }
  | { readonly type: "agreed" }
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "answered"; readonly granted: readonly string[] }
  | { readonly type: "refused"; readonly refusal: Refusal; readonly atMs: number }
  | { readonly type: "timed"; readonly atMs: number }
  | { readonly type: "closed" };

/** `POST /grants`, with the code once there is one. */
export interface GrantRequest {
  readonly plugin_id: string;
  readonly capabilities: readonly string[];
  readonly code?: string;
}

export interface GrantStep {
  readonly state: GrantState;
  readonly send: GrantRequest | null;
}

export const CLOSED: GrantState = { name: "closed" };
const CODE_DIGITS = 6;
/** As long as the collector keeps a code, for an answer that does not say. */
const LIFE_MS = 2 * 60_000;

/** What becomes of the dialog. A code that is complete is tried at once. */
export function step(state: GrantState, event: GrantEvent): GrantStep {
  if (event.type === "closed") return stay(CLOSED);
  if (event.type === "opened") {
    const { pluginId, offered } = event;
    const chosen = new Set(event.chosen.filter((name) => offered.includes(name)));
    return stay({ name: "choosing", pluginId, offered, chosen, refusal: null });
  }
  switch (state.name) {
    case "closed":
    case "granted":
      return stay(state);
    case "choosing":
      if (event.type === "ticked") return stay({ ...state, chosen: withTick(state, event.capability, event.isOn) });
      if (event.type === "agreed" && state.chosen.size > 0)
        return { state: { ...asked(state), name: "asking" }, send: requestOf(state) };
      return stay(state);
    case "asking":
      if (event.type === "answered") return done(state, event.granted);
      if (event.type !== "refused") return stay(state);
      if (event.refusal.reason === "code-shown") return stay(confirming(state, event.refusal, event.atMs));
      return refused(state, event.refusal, event.atMs);
    case "confirming":
      return inConfirming(state, event);
    case "void":
      return event.type === "timed" && event.atMs >= state.endsAtMs
        ? stay({ ...asked(state), name: "choosing", refusal: null })
        : stay(state);
  }
}

function inConfirming(state: Extract<GrantState, { name: "confirming" }>, event: GrantEvent): GrantStep {
  switch (event.type) {
    case "typed": {
      if (state.isSent) return stay(state);
      const code = event.text.replaceAll(/\D/g, "").slice(0, CODE_DIGITS);
      if (code.length < CODE_DIGITS) return stay({ ...state, code });
      return { state: { ...state, code, isSent: true, refusal: null }, send: { ...requestOf(state), code } };
    }
    case "answered":
      return done(state, event.granted);
    case "refused": {
      const { refusal, atMs } = event;
      if (refusal.reason !== "wrong-code") return refused(state, refusal, atMs);
      // The collector waits for none any more: it was too late, and the next try asks for another.
      if (atMs >= state.endsAtMs) return stay({ ...asked(state), name: "choosing", refusal });
      return stay({ ...state, code: "", isSent: false, wrongTries: state.wrongTries + 1, refusal });
    }
    case "timed":
      if (event.atMs < state.endsAtMs || state.isSent) return stay(state);
      return stay({ ...asked(state), name: "choosing", refusal: TOO_LATE });
    case "opened":
    case "ticked":
    case "agreed":
    case "closed":
      return stay(state);
  }
}

const TOO_LATE: Refusal = {
  code: "needs-confirmation",
  reason: "too-late",
  detail: "The time for the code is over.",
  hint: "Ask again for another.",
};

/** Seconds left for the code. */
export function secondsLeft(state: { readonly endsAtMs: number }, nowMs: number): number {
  return Math.max(0, Math.ceil((state.endsAtMs - nowMs) / 1_000));
}

function refused(state: Asked, refusal: Refusal, atMs: number): GrantStep {
  const isWaited = refusal.reason === "too-many-tries" || refusal.reason === "another-waits";
  if (isWaited) return stay({ ...asked(state), name: "void", endsAtMs: endIn(refusal, atMs), refusal });
  return stay({ ...asked(state), name: "choosing", refusal });
}

function confirming(state: Asked, refusal: Refusal, atMs: number): GrantState {
  const endsAtMs = endIn(refusal, atMs);
  return { ...asked(state), name: "confirming", code: "", isSent: false, endsAtMs, wrongTries: 0, refusal: null };
}

/** Both say in their sentences until when. A clock that is set differently is no reason to wait for ever. */
function endIn({ detail, hint = "" }: Refusal, atMs: number): number {
  const said = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(`${detail} ${hint}`)?.[0];
  const saidMs = said === undefined ? Number.NaN : Date.parse(said);
  return saidMs > atMs && saidMs <= atMs + LIFE_MS ? saidMs : atMs + LIFE_MS;
}

function withTick({ chosen, offered }: Asked, capability: string, isOn: boolean): ReadonlySet<string> {
  return new Set(offered.filter((name) => (name === capability ? isOn : chosen.has(name))));
}

function requestOf({ pluginId, chosen }: Asked): GrantRequest {
  return { plugin_id: pluginId, capabilities: [...chosen] };
}

function asked({ pluginId, offered, chosen }: Asked): Asked {
  return { pluginId, offered, chosen };
}

function done({ pluginId }: Asked, granted: readonly string[]): GrantStep {
  return stay({ name: "granted", pluginId, granted });
}

function stay(state: GrantState): GrantStep {
  return { state, send: null };
}
