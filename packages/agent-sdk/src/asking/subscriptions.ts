// What others publish, handed to whoever asked for it: one event at a time for each of them, in order. One that is slow loses its
// oldest events, and holds up nobody else.
import { asError } from "../as-error.ts";
import type { Causes } from "../calls/causes.ts";
import type { Clock } from "../clock.ts";
import type { Voice } from "../voice.ts";
import { within } from "../within.ts";
import type { TopicEvent, TopicHandler } from "./topic-event.ts";

const MOST_WAITING = 256;
const LIMIT_MS = 30_000;
const SAY_AGAIN_MS = 60_000;

interface Delivered {
  readonly topic: string;
  readonly cause?: unknown;
  readonly [field: string]: unknown;
}

interface Subscription {
  readonly topic: string;
  readonly handle: TopicHandler;
  readonly waiting: { readonly event: TopicEvent; readonly cause: unknown }[];
  isBusy: boolean;
  dropped: number;
  toldMs: number | null;
}

export interface SubscriptionsOptions {
  readonly clock: Clock;
  readonly voice: Pick<Voice, "error" | "log">;
  readonly causes: Causes;
}

export class Subscriptions {
  readonly #clock: Clock;
  readonly #voice: Pick<Voice, "error" | "log">;
  readonly #causes: Causes;
  readonly #all = new Set<Subscription>();

  constructor(options: SubscriptionsOptions) {
    this.#clock = options.clock;
    this.#voice = options.voice;
    this.#causes = options.causes;
  }

  /** What it returns ends the subscription. */
  add(topic: string, handle: TopicHandler): () => void {
    const subscription = { topic, handle, waiting: [], isBusy: false, dropped: 0, toldMs: null };
    this.#all.add(subscription);
    return () => {
      this.#all.delete(subscription);
      subscription.waiting.length = 0;
    };
  }

  /** Something was published; `params` as they stand in the command. */
  delivered({ cause, ...published }: Delivered): void {
    const event = { data: null, ...published } as TopicEvent;
    const { topic } = event;
    for (const subscription of this.#all) {
      if (!covers(subscription.topic, topic)) continue;
      subscription.waiting.push({ event, cause });
      if (subscription.waiting.length > MOST_WAITING) this.#drop(subscription);
      if (!subscription.isBusy) void this.#work(subscription);
    }
  }

  async #work(subscription: Subscription): Promise<void> {
    const { waiting, handle, topic } = subscription;
    subscription.isBusy = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { event, cause } = next;
      try {
        await within(this.#clock, LIMIT_MS, `the handler of ${topic}`, () =>
          this.#causes.within(cause, () => handle(event)),
        );
      } catch (error) {
        const { message, stack } = asError(error);
        this.#voice.error("event-failed", `${event.topic}: ${message}`, { context: { stack } });
      }
    }
    subscription.isBusy = false;
  }

  #drop(subscription: Subscription): void {
    subscription.waiting.shift();
    subscription.dropped += 1;
    const nowMs = this.#clock.ticksMs();
    if (subscription.toldMs !== null && nowMs - subscription.toldMs < SAY_AGAIN_MS) return;
    const { topic, dropped } = subscription;
    this.#voice.log("warning", `${dropped} events of ${topic} dropped: their handler is too slow`);
    subscription.toldMs = nowMs;
    subscription.dropped = 0;
  }
}

/** Whether a subscription to `wanted` hears `topic`: a `*` at its end matches the rest. */
function covers(wanted: string, topic: string): boolean {
  return wanted.endsWith("*") ? topic.startsWith(wanted.slice(0, -1)) : wanted === topic;
}
