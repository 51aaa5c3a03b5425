import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "@mimolo/supervisor";

export const TOKEN_LIFE_MS = 5 * 60 * 1000;
/** What one asker may hold at a time; the oldest goes for a new one. */
const MOST_OF_ONE = 512;

/** What a token opens. */
export interface Opened {
  readonly instanceId: string;
  readonly artifactId: string;
}

interface Given extends Opened {
  readonly endsAtMs: number;
}

/** Tokens for the bytes of artifacts: 256 bits, five minutes, each bound to one artifact of one agent. Only digests are kept, and
 *  nothing on the disk. */
export class ArtifactTokens {
  readonly #clock: Pick<Clock, "ticksMs" | "wallMs">;
  /** Each asker has a share of its own: an agent that asks without end drives nobody else's tokens out. */
  readonly #askers = new Map<string, Map<string, Given>>();

  constructor(clock: Pick<Clock, "ticksMs" | "wallMs">) {
    this.#clock = clock;
  }

  /** `asker` is an agent's `instance_id`, or empty for people. */
  make(asker: string, opened: Opened): { readonly token: string; readonly expires_at: string } {
    const { ticksMs, wallMs } = { ticksMs: this.#clock.ticksMs(), wallMs: this.#clock.wallMs() };
    const token = randomBytes(32).toString("base64url");
    const given = this.#askers.get(asker) ?? new Map<string, Given>();
    this.#askers.set(asker, given);
    // All live equally long, so the first ones are those that end first.
    for (const [digest, { endsAtMs }] of given) {
      if (endsAtMs > ticksMs && given.size < MOST_OF_ONE) break;
      given.delete(digest);
    }
    given.set(digestOf(token), { ...opened, endsAtMs: ticksMs + TOKEN_LIFE_MS });
    return { token, expires_at: new Date(wallMs + TOKEN_LIFE_MS).toISOString() };
  }

  /** What it opens; `null` for one that was never made, or is over. */
  find(token: string): Opened | null {
    const digest = digestOf(token);
    const nowMs = this.#clock.ticksMs();
    for (const given of this.#askers.values()) {
      const found = given.get(digest);
      if (found !== undefined) return found.endsAtMs > nowMs ? found : null;
    }
    return null;
  }
}

function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
