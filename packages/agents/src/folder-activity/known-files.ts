// The files of one folder, packed: an object each would take four times the memory, and there may be very many.
import type { Stamp } from "./stamp.ts";

const NUMBERS = 4;

/** Stamps by name. */
export class KnownFiles {
  readonly #places = new Map<string, number>();
  #numbers = new Float64Array(0);
  #free: number[] = [];

  get size(): number {
    return this.#places.size;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  names(): IterableIterator<string> {
    return this.#places.keys();
  }

  get(name: string): Stamp | null {
    const place = this.#places.get(name);
    return place === undefined ? null : this.#at(place);
  }

  set(name: string, { inode, bornMs, mtimeMs, size }: Stamp): void {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#free.pop() ?? this.#places.size;
      this.#places.set(name, place);
      this.#makeRoomFor(place);
    }
    this.#numbers.set([inode, bornMs, mtimeMs, size], place * NUMBERS);
  }

  delete(name: string): void {
    const place = this.#places.get(name);
    if (place === undefined) return;
    this.#places.delete(name);
    this.#free.push(place);
  }

  clear(): void {
    this.#places.clear();
    this.#numbers = new Float64Array(0);
    this.#free = [];
  }

  *[Symbol.iterator](): Generator<[name: string, stamp: Stamp]> {
    for (const [name, place] of this.#places) yield [name, this.#at(place)];
  }

  #at(place: number): Stamp {
    const [inode = 0, bornMs = 0, mtimeMs = 0, size = 0] = this.#numbers.subarray(
      place * NUMBERS,
      (place + 1) * NUMBERS,
    );
    return { inode, bornMs, mtimeMs, size };
  }

  #makeRoomFor(place: number): void {
    const needed = (place + 1) * NUMBERS;
    if (needed <= this.#numbers.length) return;
    const roomier = new Float64Array(Math.max(needed, Math.ceil(this.#numbers.length * 1.5)));
    roomier.set(this.#numbers);
    this.#numbers = roomier;
  }
}
