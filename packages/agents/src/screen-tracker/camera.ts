// Keeps a screen open to take pictures of.
import { createHash } from "node:crypto";
import type { Clock } from "@mimolo/agent-sdk";
import encode from "jpeg-js/lib/encoder.js";
import { openScreen, type Screen } from "../x11/screen.ts";
import { capture } from "./capture.ts";
import type { ScreenTrackerSettings } from "./settings.ts";

/** A picture as a file; `jpeg` is null when it would be the same as the one before. Or a sentence for people. */
export type Shot =
  | {
      readonly ok: true;
      readonly jpeg: Buffer | null;
      readonly screen: { readonly width: number; readonly height: number };
    }
  | { readonly ok: false; readonly why: string };

export class Camera {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #clock: Clock;
  #screen: Screen | null = null;
  #last: string | null = null;

  constructor(environment: Readonly<Record<string, string | undefined>>, clock: Clock) {
    this.#environment = environment;
    this.#clock = clock;
  }

  /** Takes a picture; never rejects. */
  async shoot(settings: ScreenTrackerSettings): Promise<Shot> {
    try {
      const screen = await this.#opened();
      if (typeof screen === "string") return { ok: false, why: screen };
      const captured = await capture(screen, settings);
      if (!captured.ok) return captured;
      const { picture } = captured;
      const digest = createHash("sha256").update(picture.data).digest("base64");
      const isSame = digest === this.#last;
      const jpeg = isSame ? null : encode(picture, settings.quality).data;
      this.#last = digest;
      return { ok: true, jpeg, screen: captured.screen };
    } catch (error) {
      this.close();
      return { ok: false, why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The next picture counts as a new one, whatever it shows: the one before could not be kept. */
  forget(): void {
    this.#last = null;
  }

  close(): void {
    this.#screen?.client.close();
    this.#screen = null;
  }

  async #opened(): Promise<Screen | string> {
    if (this.#screen?.client.isOpen === true) return this.#screen;
    const found = await openScreen(this.#environment, { clock: this.#clock });
    if (!found.ok) return found.why;
    this.#screen = found.screen;
    return found.screen;
  }
}
