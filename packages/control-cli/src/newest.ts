/** The last so many of what comes, however much that is. */
export class Newest<Item> {
  readonly #most: number;
  readonly #kept: Item[] = [];
  #next = 0;

  /** `most`: above zero. */
  constructor(most: number) {
    this.#most = most;
  }

  add(item: Item): void {
    this.#kept[this.#next] = item;
    this.#next = (this.#next + 1) % this.#most;
  }

  /** As they came. */
  inOrder(): readonly Item[] {
    const isFull = this.#kept.length === this.#most;
    return isFull ? [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)] : this.#kept;
  }
}
