// Collections that are empty most of the time and there for every agent: each is made with its first entry, because an empty
// `Map` takes 180 bytes, and nine of them times a thousand agents are more than a megabyte.

/** A `Map` that costs next to nothing until something is set. */
export class RareMap<Key, Value> {
  #map: Map<Key, Value> | null = null;

  get size(): number {
    return this.#map?.size ?? 0;
  }

  has(key: Key): boolean {
    return this.#map?.has(key) ?? false;
  }

  get(key: Key): Value | undefined {
    return this.#map?.get(key);
  }

  set(key: Key, value: Value): void {
    this.#map ??= new Map();
    this.#map.set(key, value);
  }

  delete(key: Key): boolean {
    return this.#map?.delete(key) ?? false;
  }

  clear(): void {
    // Who walks through it right now is to find no more.
    this.#map?.clear();
    this.#map = null;
  }

  values(): Iterable<Value> {
    return this.#map?.values() ?? [];
  }

  *[Symbol.iterator](): Generator<[Key, Value]> {
    if (this.#map !== null) yield* this.#map;
  }
}

/** A `Set` that costs next to nothing until something is added. */
export class RareSet<Value> {
  #set: Set<Value> | null = null;

  get size(): number {
    return this.#set?.size ?? 0;
  }

  has(value: Value): boolean {
    return this.#set?.has(value) ?? false;
  }

  add(value: Value): void {
    this.#set ??= new Set();
    this.#set.add(value);
  }

  delete(value: Value): boolean {
    return this.#set?.delete(value) ?? false;
  }

  clear(): void {
    this.#set?.clear();
    this.#set = null;
  }

  *[Symbol.iterator](): Generator<Value> {
    if (this.#set !== null) yield* this.#set;
  }
}
