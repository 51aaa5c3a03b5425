import type { Clock, OutgoingCommand } from "@mimolo/supervisor";
import type { Cause } from "../causes/cause.ts";
import type { CausedAgent } from "../causes/causes.ts";
import { Allowance } from "../requests/allowance.ts";
import { Outlet, type Reader } from "../requests/outlet.ts";
import { TopicTable, topicFault } from "./topic-table.ts";

/** What one process may subscribe to. */
export const MOST_SUBSCRIPTIONS = 64;
/** What waits for a subscriber that reads slowly. */
const WAITING = { most: 256, mostBytes: 262_144 };
/** How many deliveries one agent may cause: so many subscribers times so many events. */
const DELIVERIES = { perSecond: 20_000, burst: 40_000 };
const SAID_EVERY_MS = 60_000;

/** Something published. */
export interface Published {
  readonly topic: string;
  /** The plugin it comes from. */
  readonly from: string;
  readonly data: unknown;
  /** What the wire says of it beside. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Who subscribes. */
export interface SubscribingAgent extends Reader {
  readonly label: string;
  readonly plan: { readonly pluginId: string };
  /** So many will never reach it. */
  missed(what: "events", many: number): void;
}

export interface TopicsOptions {
  readonly clock: Pick<Clock, "ticksMs">;
  /** Makes the cause of one delivery. */
  readonly deliver: (cause: Cause, to: CausedAgent) => Cause;
  /** Is told, at most once a minute for each agent, how many events were dropped since the last time. */
  readonly complain: (agent: SubscribingAgent, dropped: number) => void;
}

interface Delivery extends Published {
  readonly cause: Cause;
}

interface Subscriber {
  readonly agent: SubscribingAgent;
  readonly subscriptions: Set<string>;
  readonly outlet: Outlet<Delivery>;
  unsaid: number;
  saidMs: number;
}

/** Who hears of what others publish. Subscriptions last as long as the process that asked for them. */
export class Topics {
  readonly #options: TopicsOptions;
  readonly #table = new TopicTable<Subscriber>();
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #allowances = new Map<string, Allowance>();

  constructor(options: TopicsOptions) {
    this.#options = options;
  }

  /** Why that is not possible, or `null`: it hears of it from now on. Asking again changes nothing. */
  subscribe(agent: SubscribingAgent, subscription: string): string | null {
    const fault = topicFault(subscription, "subscription");
    if (fault !== null) return `params.topic ${fault}`;
    const subscriber = this.#subscribers.get(agent.label) ?? this.#made(agent);
    if (subscriber.subscriptions.has(subscription)) return null;
    if (subscriber.subscriptions.size >= MOST_SUBSCRIPTIONS)
      return `an agent may have ${MOST_SUBSCRIPTIONS} subscriptions; one that ends in * stands for many`;
    this.#subscribers.set(agent.label, subscriber);
    subscriber.subscriptions.add(subscription);
    this.#table.add(subscription, subscriber);
    return null;
  }

  /** Whether anybody would hear of it. */
  isHeard(topic: string): boolean {
    return this.#table.hearing(topic).size > 0;
  }

  /** Hands it to everybody who hears of it and resolves nothing: how many they are, or `null` when its sender published more than
   *  it may. */
  publish(published: Published, sender: string, cause: Cause): number | null {
    const subscribers = this.#table.hearing(published.topic);
    if (subscribers.size === 0) return 0;
    const nowMs = this.#options.clock.ticksMs();
    if (!this.#allowanceOf(sender, nowMs).take(nowMs, subscribers.size)) return null;
    const delivery = { ...published, cause };
    const bytes = Buffer.byteLength(JSON.stringify(published));
    for (const subscriber of subscribers) {
      const dropped = subscriber.outlet.push(delivery, bytes);
      if (dropped > 0) this.#missed(subscriber, dropped, nowMs);
    }
    return subscribers.size;
  }

  /** Its process is gone, and its subscriptions with it. */
  ended(label: string): void {
    const subscriber = this.#subscribers.get(label);
    if (subscriber === undefined) return;
    this.#subscribers.delete(label);
    for (const subscription of subscriber.subscriptions) this.#table.remove(subscription, subscriber);
  }

  #made(agent: SubscribingAgent): Subscriber {
    const { label, plan } = agent;
    const commandOf = ({ cause, topic, from, data, more }: Delivery): OutgoingCommand => {
      const { id } = this.#options.deliver(cause, { label, pluginId: plan.pluginId });
      return { cmd: "event", params: { topic, from, data, ...more, cause: id } };
    };
    return {
      agent,
      subscriptions: new Set(),
      outlet: new Outlet(agent, { key: "events", limits: WAITING, commandOf }),
      unsaid: 0,
      saidMs: Number.NEGATIVE_INFINITY,
    };
  }

  #missed(subscriber: Subscriber, dropped: number, nowMs: number): void {
    subscriber.agent.missed("events", dropped);
    subscriber.unsaid += dropped;
    if (nowMs - subscriber.saidMs < SAID_EVERY_MS) return;
    this.#options.complain(subscriber.agent, subscriber.unsaid);
    subscriber.unsaid = 0;
    subscriber.saidMs = nowMs;
  }

  #allowanceOf(sender: string, nowMs: number): Allowance {
    let allowance = this.#allowances.get(sender);
    if (allowance === undefined) this.#allowances.set(sender, (allowance = new Allowance(DELIVERIES, nowMs)));
    return allowance;
  }
}
