// From rows as a server sends them to a small picture.
import fc from "fast-check";
import { expect, test } from "vitest";
import { pixelsOf } from "../../src/screen-tracker/colour.ts";
import { type Picture, Shrink } from "../../src/screen-tracker/shrink.ts";
import type { PixelLayout } from "../../src/x11/setup.ts";

const COMMON: PixelLayout = {
  bitsPerPixel: 32,
  padBits: 32,
  isBigEndian: false,
  red: 0xff_0000,
  green: 0xff00,
  blue: 0xff,
};

function pictureOf(
  layout: PixelLayout,
  bytes: Buffer,
  size: { width: number; height: number },
  scale: number,
): Picture {
  const pixels = pixelsOf(layout);
  if (typeof pixels === "string") throw new Error(pixels);
  const shrink = new Shrink(size, scale, pixels);
  for (let row = 0; row < size.height; row += 1) shrink.add(pixels.row(bytes, row, size.width));
  return shrink.picture;
}

test.each<[string, Partial<PixelLayout>, (orange: Buffer) => void]>([
  ["as most do", {}, (bytes) => bytes.writeUInt32LE(0xff_8000)],
  ["the other way round", { isBigEndian: true }, (bytes) => bytes.writeUInt32BE(0xff_8000)],
  ["blue first", { red: 0xff, blue: 0xff_0000 }, (bytes) => bytes.writeUInt32LE(0x00_80ff)],
  [
    "with ten bits a colour",
    { red: 0x3ff0_0000, green: 0xf_fc00, blue: 0x3ff },
    (bytes) => bytes.writeUInt32LE(((1023 << 20) | (512 << 10)) >>> 0),
  ],
  [
    "with sixteen bits in all",
    { bitsPerPixel: 16, red: 0xf800, green: 0x07e0, blue: 0x1f },
    (bytes) => bytes.writeUInt16LE((31 << 11) | (32 << 5)),
  ],
])("a server that sends colours %s is understood", (_how, layout, write) => {
  const bytes = Buffer.alloc(4);
  write(bytes);
  const { data } = pictureOf({ ...COMMON, ...layout }, bytes, { width: 1, height: 1 }, 1);
  const [red = 0, green = 0, blue = 1, alpha] = data;
  expect([red, blue, alpha]).toEqual([255, 0, 255]);
  expect(Math.abs(green - 128)).toBeLessThanOrEqual(2);
});

test.each([{ bitsPerPixel: 8 }, { red: 0, green: 0, blue: 0 }, { bitsPerPixel: 0, padBits: 0 }])(
  "pixels such as %j are said not to be understood",
  (layout) => {
    expect(pixelsOf({ ...COMMON, ...layout })).toMatch(/not understood/);
  },
);

test("whatever its size and scale, a picture of one grey is all of that grey, and no pixel is left out", () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(size, fc.double({ min: 0.1, max: 1, noNaN: true }), fc.nat(255), (from, scale, grey) => {
      const picture = pictureOf(COMMON, Buffer.alloc(4 * from.width * from.height, grey), from, scale);
      expect(picture.width).toBe(Math.max(1, Math.round(from.width * scale)));
      const colours = picture.data.filter((_, at) => at % 4 !== 3);
      expect(new Set(colours)).toEqual(new Set([grey]));
    }),
    { numRuns: 200 },
  );
});

test("a small pixel is the mean of those it stands for, and the sum of light stays", () => {
  const bytes = Buffer.alloc(4 * 4 * 2);
  [0, 100, 200, 50, 100, 0, 50, 200].forEach((grey, at) => bytes.fill(grey, 4 * at, 4 * at + 3));
  const { data } = pictureOf(COMMON, bytes, { width: 4, height: 2 }, 0.5);
  expect([...data]).toEqual([50, 50, 50, 255, 125, 125, 125, 255]);
});
