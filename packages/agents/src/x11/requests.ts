// The handful of requests that are made, as bytes. Their numbers are those of the X11 protocol.
import { padded } from "./setup.ts";

/** Names every server knows by these numbers. */
export const ATOM = { STRING: 31, WM_NAME: 39, WM_CLASS: 67 } as const;

/** Told of changes to the properties of a window. */
export const PROPERTY_CHANGE = 0x40_0000;

const LONGEST_PROPERTY_WORDS = 256;

/** `ChangeWindowAttributes`: which events of a window this program wants. Has no reply. */
export function selectEvents(window: number, mask: number): Buffer {
  const ONLY_THE_EVENT_MASK = 0x800;
  return words(2, 0, [window, ONLY_THE_EVENT_MASK, mask]);
}

/** `QueryTree`; the parent of a window is at 12. */
export function queryTree(window: number): Buffer {
  return words(15, 0, [window]);
}

/** `InternAtom`; the number is at 8. */
export function internAtom(name: string): Buffer {
  return named(16, name);
}

/** `GetProperty`, of any type and at most 1 KiB. */
export function getProperty(window: number, atom: number): Buffer {
  return words(20, 0, [window, atom, 0, 0, LONGEST_PROPERTY_WORDS]);
}

/** `GetInputFocus`; the window is at 8. */
export function getInputFocus(): Buffer {
  return words(43, 0, []);
}

/** `QueryExtension`; whether it is there is at 8, its number at 9. */
export function queryExtension(name: string): Buffer {
  return named(98, name);
}

/** `ScreenSaverQueryInfo` of the extension that has the number `opcode`; milliseconds since the last input are at 16. */
export function queryScreenSaver(opcode: number, window: number): Buffer {
  return words(opcode, 1, [window]);
}

/** `GetGeometry`, of a window or a pixmap; bits a pixel are at 1, width and height at 16. */
export function getGeometry(drawable: number): Buffer {
  return words(14, 0, [drawable]);
}

/** Numbers of a pixmap and of what is copied with, such as no other of this connection has. */
export interface CopyIds {
  readonly pixmap: number;
  readonly context: number;
}

/** `CreatePixmap`, `CreateGC` and `CopyArea`: all that is to be seen of a window, as it is at one moment, in a pixmap. None has
 *  a reply. */
export function copyOfWindow(
  { pixmap, context }: CopyIds,
  window: { readonly id: number; readonly depth: number; readonly width: number; readonly height: number },
): readonly Buffer[] {
  const size = window.width | (window.height << 16);
  const [SUBWINDOW_MODE, GRAPHICS_EXPOSURES] = [0x8000, 0x1_0000];
  const [INCLUDE_INFERIORS, NO_EVENTS] = [1, 0];
  const look = [SUBWINDOW_MODE | GRAPHICS_EXPOSURES, INCLUDE_INFERIORS, NO_EVENTS];
  const [from, to] = [0, 0];
  return [
    words(53, window.depth, [pixmap, window.id, size]),
    words(55, 0, [context, window.id, ...look]),
    words(62, 0, [window.id, pixmap, context, from, to, size]),
  ];
}

/** `FreePixmap` and `FreeGC`. None has a reply. */
export function freeCopy({ pixmap, context }: CopyIds): readonly Buffer[] {
  return [words(54, 0, [pixmap]), words(60, 0, [context])];
}

/** `GetImage` of `rows` whole rows from row `top` on; the pixels are behind 32 bytes. */
export function getImage(
  drawable: number,
  rows: { readonly top: number; readonly width: number; readonly rows: number },
): Buffer {
  const WHOLE_PIXELS = 2;
  const ALL_PLANES = 0xffff_ffff;
  return words(73, WHOLE_PIXELS, [drawable, rows.top << 16, rows.width | (rows.rows << 16), ALL_PLANES]);
}

/** What a property holds. */
export interface Property {
  readonly type: number;
  readonly value: Buffer;
}

/** The property in a reply to `getProperty`; `null` where the window has none. */
export function propertyIn(reply: Buffer): Property | null {
  const type = reply.readUInt32LE(8);
  if (type === 0) return null;
  const bytesEach = reply.readUInt8(1) / 8;
  return { type, value: reply.subarray(32, 32 + bytesEach * reply.readUInt32LE(16)) };
}

/** A request of whole words; `detail` is its second byte. */
export function words(opcode: number, detail: number, values: readonly number[]): Buffer {
  const request = Buffer.alloc(4 + 4 * values.length);
  request.writeUInt8(opcode, 0);
  request.writeUInt8(detail, 1);
  request.writeUInt16LE(1 + values.length, 2);
  values.forEach((value, index) => request.writeUInt32LE(value, 4 + 4 * index));
  return request;
}

function named(opcode: number, name: string): Buffer {
  const request = Buffer.alloc(8 + padded(name.length));
  request.writeUInt8(opcode, 0);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt16LE(name.length, 4);
  request.write(name, 8, "latin1");
  return request;
}
