// From the pixels of a server to red, green and blue.
import { endianness } from "node:os";
import type { PixelLayout } from "../x11/setup.ts";

/** Where one colour stands in a pixel: `(pixel >>> shift) & mask`, of which `mask` is the brightest. */
export interface Channel {
  readonly shift: number;
  readonly mask: number;
}

/** Rows of pixels as numbers. */
export type Row = Uint32Array | Uint16Array;

/** Reads what one kind of server sends. */
export interface Pixels {
  readonly red: Channel;
  readonly green: Channel;
  readonly blue: Channel;
  /** Bytes of a row of `width` pixels. */
  rowBytes(width: number): number;
  /** Row number `row` among `bytes`, as `width` numbers that may be changed. */
  row(bytes: Buffer, row: number, width: number): Row;
}

/** How to read the pixels of a screen; a sentence where nobody here can. */
export function pixelsOf(layout: PixelLayout): Pixels | string {
  const { bitsPerPixel, padBits, isBigEndian, red, green, blue } = layout;
  if (![16, 32].includes(bitsPerPixel) || padBits === 0 || [red, green, blue].includes(0)) {
    return `pictures of ${bitsPerPixel} bits a pixel are not understood; 16 and 32 with red, green and blue are`;
  }
  const isForeign = isBigEndian !== (endianness() === "BE");
  const rowBytes = (width: number) => (Math.ceil((width * bitsPerPixel) / padBits) * padBits) / 8;
  return {
    red: channelOf(red),
    green: channelOf(green),
    blue: channelOf(blue),
    rowBytes,
    row(bytes, row, width) {
      const from = row * rowBytes(width);
      // A copy of its own: numbers must begin where the machine wants them to.
      const own = new Uint8Array(width * (bitsPerPixel / 8));
      own.set(bytes.subarray(from, from + own.length));
      if (isForeign && bitsPerPixel === 32) Buffer.from(own.buffer).swap32();
      else if (isForeign) Buffer.from(own.buffer).swap16();
      return bitsPerPixel === 32 ? new Uint32Array(own.buffer) : new Uint16Array(own.buffer);
    },
  };
}

/** The eight highest bits of a colour, or all where there are fewer. */
function channelOf(bits: number): Channel {
  const top = 31 - Math.clz32(bits);
  const low = 31 - Math.clz32(bits & -bits);
  const shift = Math.max(low, top - 7);
  return { shift, mask: 2 ** (top - shift + 1) - 1 };
}
