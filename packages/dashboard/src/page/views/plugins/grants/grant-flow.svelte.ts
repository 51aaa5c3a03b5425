import { type ApiProblem, problemOf } from "../../../api/index.ts";
import { CLOSED, type GrantEvent, type GrantRequest, type GrantState, type Refusal, step } from "./grant-dialog.ts";

/** Drives the approval dialog: what is to be sent is sent, what is answered comes back; reactive. */
export class GrantFlow {
  readonly #ask: (request: GrantRequest) => Promise<readonly string[]>;
  readonly #given: (pluginId: string) => void;
  #state = $state.raw<GrantState>(CLOSED);

  /** `ask` asks the collector, and resolves to what was granted; `given` hears once something was. */
  constructor(ask: (request: GrantRequest) => Promise<readonly string[]>, given: (pluginId: string) => void) {
    this.#ask = ask;
    this.#given = given;
  }

  get state(): GrantState {
    return this.#state;
  }

  /** Opens it for a plugin; `chosen` is ticked at first. */
  open(pluginId: string, offered: readonly string[], chosen: readonly string[] = offered): void {
    this.happened({ type: "opened", pluginId, offered, chosen });
  }

  happened(event: GrantEvent): void {
    const { state, send } = step(this.#state, event);
    this.#state = state;
    if (send !== null) void this.#send(send);
  }

  async #send(request: GrantRequest): Promise<void> {
    const asked = this.#state;
    // Whoever closed the dialog, or opened it anew, does not go by this answer any more.
    const answered = (event: GrantEvent) => this.#state === asked && this.happened(event);
    try {
      answered({ type: "answered", granted: await this.#ask(request) });
      this.#given(request.plugin_id);
    } catch (error) {
      answered({ type: "refused", refusal: refusalOf(problemOf(error)), atMs: Date.now() });
    }
  }
}

export function refusalOf({ code, message, hint, reason }: ApiProblem): Refusal {
  return { code, detail: message, hint, reason };
}
