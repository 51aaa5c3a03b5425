import { type Api, type ApiProblem, problemOf } from "../../../api/index.ts";
import { CLOSED, type GrantEvent, type GrantRequest, type GrantState, type Refusal, step } from "./grant-dialog.ts";

/** Drives the approval dialog: what is to be sent is sent, what is answered comes back; reactive. */
export class GrantFlow {
  readonly #api: Pick<Api, "post">;
  readonly #given: (pluginId: string) => void;
  #state = $state.raw<GrantState>(CLOSED);

  /** `given` hears once something was granted. */
  constructor(api: Pick<Api, "post">, given: (pluginId: string) => void) {
    this.#api = api;
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
      const { granted } = await this.#api.post("/grants", { body: request });
      answered({ type: "answered", granted });
      this.#given(request.plugin_id);
    } catch (error) {
      answered({ type: "refused", refusal: refusalOf(problemOf(error)), atMs: Date.now() });
    }
  }
}

export function refusalOf({ code, message, hint, reason }: ApiProblem): Refusal {
  return { code, detail: message, hint, reason };
}
