// A picture of a screen, copied within its server and asked for strip by strip: no large one is ever in memory here as a whole.
import { copyOfWindow, freeCopy, getGeometry, getImage } from "../x11/requests.ts";
import type { Screen } from "../x11/screen.ts";
import type { XClient } from "../x11/x-client.ts";
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

/** What is asked of a screen here. */
type Drawn = Pick<Screen, "root" | "pixels"> & { readonly client: Pick<XClient, "setup" | "ask" | "tell"> };

/** A reply of this length is there in a few reads. */
const STRIP_BYTES = 262_144;

const NO_PICTURE = "the X server gives no picture of the screen";

/** Takes a picture of all that is on `screen`, as it is at one moment, made small, with `redact` in black. Rejects when the screen is gone. */
export async function capture(
  { client, root, pixels: layout }: Drawn,
  { scale, redact }: Pick<ScreenTrackerSettings, "scale" | "redact">,
): Promise<Captured> {
  const pixels = pixelsOf(layout);
  if (typeof pixels === "string") return { ok: false, why: pixels };
  const screen = sizeIn(await client.ask(getGeometry(root)));
  if (screen === null) return { ok: false, why: "the X server does not tell how large the screen is" };
  const { firstId } = client.setup;
  const ids = { pixmap: firstId + 1, context: firstId + 2 };
  // The server's own copy: strips of the screen itself would show what changed between them in halves.
  for (const request of copyOfWindow(ids, { id: root, ...screen })) client.tell(request);
  try {
    const { width, height } = screen;
    const now = sizeIn(await client.ask(getGeometry(root)));
    // What lies beyond a screen that became smaller is not a picture of anything; the next one is of what it is then.
    if (now?.width !== width || now.height !== height) return { ok: false, why: NO_PICTURE };
    const shrink = new Shrink({ width, height }, scale, pixels);
    const most = Math.max(1, Math.floor(STRIP_BYTES / pixels.rowBytes(width)));
    for (let top = 0; top < height; top += most) {
      const rows = Math.min(most, height - top);
      const reply = await client.ask(getImage(ids.pixmap, { top, width, rows }));
      if (reply === null || reply.length < 32 + rows * pixels.rowBytes(width)) return { ok: false, why: NO_PICTURE };
      addRows(shrink, { bytes: reply.subarray(32), top, rows, width }, pixels, redact);
    }
    return { ok: true, picture: shrink.picture, screen: { width, height } };
  } finally {
    for (const request of freeCopy(ids)) client.tell(request);
  }
}

function sizeIn(geometry: Buffer | null): { depth: number; width: number; height: number } | null {
  if (geometry === null) return null;
  return { depth: geometry.readUInt8(1), width: geometry.readUInt16LE(16), height: geometry.readUInt16LE(18) };
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
