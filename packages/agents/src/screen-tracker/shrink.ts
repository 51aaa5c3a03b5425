// A large picture row by row → a small one, each of its pixels the mean of those it stands for.
import type { Pixels, Row } from "./colour.ts";

/** A picture as red, green, blue and 255 for each pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export class Shrink {
  readonly picture: Picture;
  readonly #from: { readonly width: number; readonly height: number };
  readonly #pixels: Pixels;
  /** Which column of the small picture a column of the large one belongs to. */
  readonly #column: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #sums: Uint32Array;
  #rows = 0;
  #row = 0;

  constructor(from: { readonly width: number; readonly height: number }, scale: number, pixels: Pixels) {
    const width = Math.max(1, Math.round(from.width * scale));
    const height = Math.max(1, Math.round(from.height * scale));
    this.picture = { width, height, data: Buffer.alloc(4 * width * height, 255) };
    this.#from = from;
    this.#pixels = pixels;
    this.#sums = new Uint32Array(3 * width);
    this.#columns = new Uint32Array(width);
    this.#column = Uint32Array.from({ length: from.width }, (_, x) => Math.floor((x * width) / from.width));
    for (const column of this.#column) this.#columns[column] = (this.#columns[column] ?? 0) + 1;
  }

  /** Takes the next row. */
  add(row: Row): void {
    const { red, green, blue } = this.#pixels;
    const sums = this.#sums;
    const column = this.#column;
    for (let x = 0; x < row.length; x += 1) {
      const pixel = row[x] as number;
      const at = 3 * (column[x] as number);
      sums[at] = (sums[at] as number) + ((pixel >>> red.shift) & red.mask);
      sums[at + 1] = (sums[at + 1] as number) + ((pixel >>> green.shift) & green.mask);
      sums[at + 2] = (sums[at + 2] as number) + ((pixel >>> blue.shift) & blue.mask);
    }
    this.#rows += 1;
    this.#row += 1;
    const { height } = this.picture;
    const here = Math.floor(((this.#row - 1) * height) / this.#from.height);
    const next = Math.floor((this.#row * height) / this.#from.height);
    if (next !== here) this.#finish(here);
  }

  #finish(row: number): void {
    const { width, data } = this.picture;
    const { red, green, blue } = this.#pixels;
    const sums = this.#sums;
    for (let x = 0; x < width; x += 1) {
      const many = (this.#columns[x] as number) * this.#rows;
      const at = 4 * (row * width + x);
      data[at] = Math.round((255 * (sums[3 * x] as number)) / (many * red.mask));
      data[at + 1] = Math.round((255 * (sums[3 * x + 1] as number)) / (many * green.mask));
      data[at + 2] = Math.round((255 * (sums[3 * x + 2] as number)) / (many * blue.mask));
    }
    sums.fill(0);
    this.#rows = 0;
  }
}
