// A picture of a page has few colours beside the edges of its letters: one byte for each point says enough of them.
import { crc32, deflateSync, inflateSync } from "node:zlib";

/** The same PNG with at most 256 colours, as small as zlib makes it. Reads what a browser writes: 8 bits, not interlaced. */
export function inFewColours(png: Buffer): Buffer {
  const { width, height, channels, points } = read(png);
  const palette = paletteOf(points, channels);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(points, (y * width + x) * channels);
      let index = nearest.get(colour);
      if (index === undefined) nearest.set(colour, (index = nearestOf(palette, colour)));
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap(parts));
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  const nothing = Buffer.alloc(0);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", data),
    chunk("IEND", nothing),
  ]);
}

function read(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = png[25] === 6 ? 4 : 3;
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const points = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : (points[y * stride + x - channels] ?? 0);
      const above = y === 0 ? 0 : (points[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (points[(y - 1) * stride + x - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      points[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return { width, height, channels, points };
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function colourAt(points: Buffer, at: number): number {
  return ((points[at] ?? 0) << 16) | ((points[at + 1] ?? 0) << 8) | (points[at + 2] ?? 0);
}

function parts(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

/** The commonest colours, none of them all but the same as one before it. */
function paletteOf(points: Buffer, channels: number): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < points.length; at += channels) {
    const colour = colourAt(points, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const commonest = [...counts].sort(([, one], [, other]) => other - one);
  const palette: number[] = [];
  const area = points.length / channels;
  for (const [colour, count] of commonest) {
    if (palette.length === 256) break;
    const apart = count > area / 500 ? 3 : 150;
    if (palette.every((each) => distance(each, colour) >= apart)) palette.push(colour);
  }
  return palette;
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, each] of palette.entries()) {
    const apart = distance(each, colour);
    if (apart < least) [best, least] = [index, apart];
  }
  return best;
}

function distance(one: number, other: number): number {
  const [[r1, g1, b1], [r2, g2, b2]] = [parts(one), parts(other)];
  return (r1 - r2) ** 2 + (g1 - g2) ** 2 + (b1 - b2) ** 2;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
