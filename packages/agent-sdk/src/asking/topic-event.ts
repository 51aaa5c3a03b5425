/** Something that was published. */
export interface TopicEvent {
  readonly topic: string;
  /** The label of who published it, where the collector tells. */
  readonly from?: string;
  readonly data: unknown;
}

/** What a subscriber does with it; one at a time, in the order they came. */
export type TopicHandler = (event: TopicEvent) => unknown;
