// How long ago a key was pressed or the mouse moved, from the screen saver's clock.
import type { Clock } from "@mimolo/agent-sdk";
import { queryScreenSaver } from "../x11/requests.ts";
import { openScreen, type Screen } from "../x11/screen.ts";

/** Milliseconds since the last input, or a sentence for people. */
export type InputFound = { readonly ok: true; readonly idleMs: number } | { readonly ok: false; readonly why: string };

/** Keeps a screen open to ask. */
export class LastInput {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #clock: Clock;
  #open: { readonly screen: Screen; readonly opcode: number } | null = null;

  constructor(environment: Readonly<Record<string, string | undefined>>, clock: Clock) {
    this.#environment = environment;
    this.#clock = clock;
  }

  /** Never rejects. */
  async ask(): Promise<InputFound> {
    try {
      if (this.#open?.screen.client.isOpen !== true) {
        const why = await this.#begin();
        if (why !== null) return { ok: false, why };
      }
      const { screen, opcode } = this.#open ?? {};
      if (screen === undefined || opcode === undefined) return { ok: false, why: "the screen is gone" };
      const reply = await screen.client.ask(queryScreenSaver(opcode, screen.root));
      return reply === null
        ? { ok: false, why: "the X server does not tell when the last input was" }
        : { ok: true, idleMs: reply.readUInt32LE(16) };
    } catch (error) {
      this.close();
      return { ok: false, why: error instanceof Error ? error.message : String(error) };
    }
  }

  close(): void {
    this.#open?.screen.client.close();
    this.#open = null;
  }

  async #begin(): Promise<string | null> {
    const found = await openScreen(this.#environment, { clock: this.#clock });
    if (!found.ok) return found.why;
    const opcode = await found.screen.extension("MIT-SCREEN-SAVER");
    if (opcode === null) {
      found.screen.client.close();
      return "the X server has no MIT-SCREEN-SAVER, which alone knows when the last input was";
    }
    this.#open = { screen: found.screen, opcode };
    return null;
  }
}
