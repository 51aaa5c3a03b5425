// A picture of a screen, asked for strip by strip: no large screen is ever in memory as a whole.
import { getGeometry, getImage } from "../x11/requests.ts";
import type { Screen } from "../x11/screen.ts";
import { type Pixels, pixelsOf } from "./colour.ts";
import type { Region, ScreenTrackerSettings } from "./settings.ts";
import { type Picture, Shrink } from "./shrink.ts";

/** A picture, or a sentence for people. */
export type Captured =
  | {
      readonly ok: true;
      readonly picture: Picture;
      readonly screen: { readonly width: number; readonly height: number };
    }
  | { readonly ok: false; readonly why: string };

/** A reply of this length is there in a few reads. */
const STRIP_BYTES = 262_144;

/** Takes a picture of all that is on `screen`, made small, with `redact` in black. Rejects when the screen is gone. */
export async function capture(
  { client, root, pixels: layout }: Screen,
  { scale, redact }: Pick<ScreenTrackerSettings, "scale" | "redact">,
): Promise<Captured> {
  const pixels = pixelsOf(layout);
  if (typeof pixels === "string") return { ok: false, why: pixels };
  const geometry = await client.ask(getGeometry(root));
  if (geometry === null) return { ok: false, why: "the X server does not tell how large the screen is" };
  const screen = { width: geometry.readUInt16LE(16), height: geometry.readUInt16LE(18) };
  const shrink = new Shrink(screen, scale, pixels);
  const most = Math.max(1, Math.floor(STRIP_BYTES / pixels.rowBytes(screen.width)));
  for (let top = 0; top < screen.height; top += most) {
    const rows = Math.min(most, screen.height - top);
    const reply = await client.ask(getImage(root, { top, width: screen.width, rows }));
    // Refused when the screen became smaller meanwhile: the next picture is of what it is then.
    if (reply === null || reply.length < 32 + rows * pixels.rowBytes(screen.width)) {
      return { ok: false, why: "the X server gives no picture of the screen" };
    }
    addRows(shrink, { bytes: reply.subarray(32), top, rows, width: screen.width }, pixels, redact);
  }
  return { ok: true, picture: shrink.picture, screen };
}

function addRows(
  shrink: Shrink,
  strip: { readonly bytes: Buffer; readonly top: number; readonly rows: number; readonly width: number },
  pixels: Pixels,
  redact: readonly Region[],
): void {
  for (let row = 0; row < strip.rows; row += 1) {
    const line = pixels.row(strip.bytes, row, strip.width);
    // Before anything is made smaller: not even a hint of it comes through.
    for (const { x, y, width, height } of redact) {
      const isIn = strip.top + row >= y && strip.top + row < y + height;
      if (isIn) line.fill(0, x, x + width);
    }
    shrink.add(line);
  }
}
