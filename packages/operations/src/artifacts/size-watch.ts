import type { Clock } from "@mimolo/supervisor";
import type { Opened } from "../opened.ts";
import type { Detail } from "./details.ts";
import { LYING } from "./index/inventory.ts";
import type { ArtifactRegister } from "./register.ts";
import { warningOf } from "./size-warning.ts";

const FIRST_MS = 5 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;
const SAID_AGAIN_MS = 24 * EVERY_MS;
/** Rows that are looked at before others have their turn. */
const SLICE = 250;

export interface SizeWatchParts {
  readonly clock: Clock;
  readonly register: ArtifactRegister;
  readonly say: Opened["say"];
  limitBytes(): number;
}

export interface SizeWatch {
  /** Resolves when no look is under way. */
  idle(): Promise<void>;
  close(): void;
}

/** Says once a day of each agent whose artifacts take too much room that they do; what its agent deleted itself is not counted. */
export function watchSizes({ clock, register, say, limitBytes }: SizeWatchParts): SizeWatch {
  const closing = new AbortController();
  const saidAtMs = new Map<string, number>();
  let looking = Promise.resolve();

  async function look(): Promise<void> {
    await register.ready();
    const tooMuch = () => register.inventory.sums().flatMap((sum) => warningOf(sum, limitBytes()) ?? []);
    if (tooMuch().length > 0) await lookAtAll(register, closing.signal);
    const nowMs = clock.ticksMs();
    for (const sum of register.inventory.sums()) {
      const message = warningOf(sum, limitBytes());
      const isNews = nowMs - (saidAtMs.get(sum.label) ?? -Infinity) >= SAID_AGAIN_MS;
      if (message === null || !isNews || closing.signal.aborted) continue;
      saidAtMs.set(sum.label, nowMs);
      say({
        type: "collector",
        level: "warning",
        code: "artifacts-large",
        message: `${message}; \`mimolo artifacts purge\` makes room`,
      });
    }
  }

  const next = (delayMs: number) =>
    clock.after(
      delayMs,
      () => {
        // A disk that cannot be read now is read the next time.
        looking = look().catch(() => undefined);
        next(EVERY_MS);
      },
      closing.signal,
    );
  next(FIRST_MS);
  return { idle: () => looking, close: () => closing.abort() };
}

/** Looks which of those that count are still there. */
async function lookAtAll(register: ArtifactRegister, signal: AbortSignal): Promise<void> {
  const { inventory, details } = register;
  let some: number[] = [];
  const look = async () => {
    for await (const detail of details.of(some)) register.look(detail satisfies Detail);
    some = [];
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (const row of inventory.rows({}, 1)) {
    if (signal.aborted) return;
    if (LYING.has(inventory.columns.stateOf(row))) some.push(row);
    if (some.length === SLICE) await look();
  }
  await look();
}
