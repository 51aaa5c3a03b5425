// Who hears what: topics by their whole name, or by how they begin.

/** Ends a subscription that stands for everything that begins so. */
export const REST = "*";
/** The longest topic, in characters. */
export const MOST_TOPIC_CHARACTERS = 256;

/** Why a text is no topic, as the end of a sentence; `null` when it is one. A subscription may end in `*`, nothing else holds one. */
export function topicFault(topic: string, kind: "topic" | "subscription"): string | null {
  if (topic === "") return "must not be empty";
  if (topic.length > MOST_TOPIC_CHARACTERS) return `must have at most ${MOST_TOPIC_CHARACTERS} characters`;
  // Half of a pair is no character either: no line could say it.
  if (/[\p{Cc}\p{Cs}]/u.test(topic)) return "must not hold control characters";
  const body = kind === "subscription" && topic.endsWith(REST) ? topic.slice(0, -1) : topic;
  if (!body.includes(REST)) return null;
  return kind === "topic" ? "must not hold a *" : "may have one * at its end, for whatever follows, and nowhere else";
}

/** Subscriptions of everybody. Finding who hears a topic costs as many look-ups as there are lengths of beginnings. */
export class TopicTable<Subscriber> {
  readonly #whole = new Map<string, Set<Subscriber>>();
  readonly #beginnings = new Map<string, Set<Subscriber>>();
  /** How many beginnings there are of each length. */
  readonly #lengths = new Map<number, number>();

  /** `subscription` is a topic, or the beginning of some and a `*`. */
  add(subscription: string, subscriber: Subscriber): void {
    const { map, key, isBeginning } = this.#placeOf(subscription);
    const set = map.get(key);
    if (set !== undefined) return void set.add(subscriber);
    map.set(key, new Set([subscriber]));
    if (isBeginning) this.#lengths.set(key.length, (this.#lengths.get(key.length) ?? 0) + 1);
  }

  remove(subscription: string, subscriber: Subscriber): void {
    const { map, key, isBeginning } = this.#placeOf(subscription);
    const set = map.get(key);
    if (set === undefined || !set.delete(subscriber) || set.size > 0) return;
    map.delete(key);
    if (!isBeginning) return;
    const left = (this.#lengths.get(key.length) ?? 1) - 1;
    if (left === 0) this.#lengths.delete(key.length);
    else this.#lengths.set(key.length, left);
  }

  /** Everybody who hears this topic, each once. */
  hearing(topic: string): ReadonlySet<Subscriber> {
    const whole = this.#whole.get(topic);
    if (this.#lengths.size === 0) return whole ?? new Set();
    const all = new Set(whole);
    for (const length of this.#lengths.keys()) {
      if (length > topic.length) continue;
      for (const each of this.#beginnings.get(topic.slice(0, length)) ?? []) all.add(each);
    }
    return all;
  }

  #placeOf(subscription: string) {
    const isBeginning = subscription.endsWith(REST);
    const map = isBeginning ? this.#beginnings : this.#whole;
    return { map, key: isBeginning ? subscription.slice(0, -1) : subscription, isBeginning };
  }
}
