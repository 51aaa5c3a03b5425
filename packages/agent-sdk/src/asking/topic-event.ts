/** Something that was published. */
export interface TopicEvent {
  readonly topic: string;
  /** The plugin that published it, where the collector tells. */
  readonly from?: string;
  readonly data: unknown;
  /** Its short name, where a plugin fired it. */
  readonly event?: string;
  /** What its trigger knew of the moment: `velocity`, `mode`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What a subscriber does with it; one at a time, in the order they came. */
export type TopicHandler = (event: TopicEvent) => unknown;
