/** How a call ended. `code` is `not-running`, `not-offered`, `busy`, `too-large`, `timed-out`, `ended`, or the agent's own. */
export type CallOutcome =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** A call that waits for its `result`. */
export interface PendingCall {
  readonly id: string;
  /** `<interface>.<method>`, for people. */
  readonly name: string;
  /** Monotonic milliseconds. */
  readonly dueMs: number;
}

export type CallEvent =
  | { readonly type: "asked"; readonly call: PendingCall }
  | { readonly type: "answered"; readonly id: string; readonly outcome: CallOutcome }
  | { readonly type: "time-passed"; readonly nowMs: number }
  /** The process that was asked is no more, or no longer listens. */
  | { readonly type: "ended" };

export interface CallStep {
  readonly pending: readonly PendingCall[];
  readonly settled: readonly { readonly id: string; readonly outcome: CallOutcome }[];
}

/** The table of calls to one agent: every call is settled once, by its answer, its time or the agent's end. */
export function step(pending: readonly PendingCall[], event: CallEvent): CallStep {
  switch (event.type) {
    case "asked":
      return { pending: [...pending, event.call], settled: [] };
    case "answered":
      return split(pending, ({ id }) => (id === event.id ? event.outcome : null));
    case "time-passed":
      return split(pending, ({ name, dueMs }) =>
        dueMs > event.nowMs ? null : { ok: false, code: "timed-out", message: `${name} was not answered in time` },
      );
    case "ended":
      return split(pending, ({ name }) => ({
        ok: false,
        code: "ended",
        message: `the agent ended before it answered ${name}`,
      }));
  }
}

function split(pending: readonly PendingCall[], outcomeOf: (call: PendingCall) => CallOutcome | null): CallStep {
  const rest: PendingCall[] = [];
  const settled: { id: string; outcome: CallOutcome }[] = [];
  for (const call of pending) {
    const outcome = outcomeOf(call);
    if (outcome === null) rest.push(call);
    else settled.push({ id: call.id, outcome });
  }
  return { pending: rest, settled };
}
