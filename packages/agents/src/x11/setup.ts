// The first words between a program and an X server.
import { COOKIE_NAME } from "./authority.ts";

/** What a server says of itself, as far as anybody here asks. */
export interface Setup {
  /** The root window of each screen. */
  readonly roots: readonly number[];
  /** How pictures of the screens look, in the same order. */
  readonly pixels: readonly PixelLayout[];
  /** The first of the numbers that this program may give to what it makes. */
  readonly firstId: number;
}

/** How the pixels of a screen are sent. */
export interface PixelLayout {
  readonly bitsPerPixel: number;
  /** Each row is filled up to a multiple of so many bits. */
  readonly padBits: number;
  readonly isBigEndian: boolean;
  /** Which bits of a pixel are which colour; 0 where a pixel is a number in a table instead. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export type SetupReply =
  | { readonly ok: true; readonly setup: Setup; readonly bytes: number }
  | { readonly ok: false; readonly why: string };

/** Asks to be let in, by `cookie` or by nothing. */
export function setupRequest(cookie: Uint8Array | null): Buffer {
  const name = cookie === null ? "" : COOKIE_NAME;
  const data = cookie ?? new Uint8Array();
  const request = Buffer.alloc(12 + padded(name.length) + padded(data.length));
  request.write("l", 0, "latin1"); // little-endian, whatever this machine is
  request.writeUInt16LE(11, 2);
  request.writeUInt16LE(name.length, 6);
  request.writeUInt16LE(data.length, 8);
  request.write(name, 12, "latin1");
  request.set(data, 12 + padded(name.length));
  return request;
}

/** The answer, once all of it is there; `null` before. */
export function setupReply(received: Buffer): SetupReply | null {
  if (received.length < 8) return null;
  const bytes = 8 + 4 * received.readUInt16LE(6);
  if (received.length < bytes) return null;
  const answer = received[0];
  if (answer !== 1) {
    const length = answer === 0 ? (received[1] ?? 0) : bytes - 8;
    const said = received
      .toString("latin1", 8, 8 + length)
      .replaceAll("\0", "")
      .trim();
    return { ok: false, why: said === "" ? "it gave no reason" : said };
  }
  try {
    const screens = screensOf(received);
    const setup = {
      firstId: received.readUInt32LE(12),
      roots: screens.map(({ root }) => root),
      pixels: screens.map(({ pixels }) => pixels),
    };
    return { ok: true, setup, bytes };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, why: "its first words make no sense" };
  }
}

interface ScreenSetup {
  readonly root: number;
  readonly pixels: PixelLayout;
}

/** Screens stand one behind the other, each with its depths, each of those with its visuals. */
function screensOf(received: Buffer): ScreenSetup[] {
  const screens: ScreenSetup[] = [];
  const formatsAt = 40 + padded(received.readUInt16LE(24));
  const formats = received.readUInt8(29);
  let at = formatsAt + 8 * formats;
  for (let screen = 0; screen < received.readUInt8(28); screen += 1) {
    const [root, visual, depth] = [
      received.readUInt32LE(at),
      received.readUInt32LE(at + 32),
      received.readUInt8(at + 38),
    ];
    const depths = received.readUInt8(at + 39);
    at += 40;
    let colours = { red: 0, green: 0, blue: 0 };
    for (let each = 0; each < depths; each += 1) {
      const visuals = received.readUInt16LE(at + 2);
      at += 8;
      for (let other = 0; other < visuals; other += 1, at += 24) {
        if (received.readUInt32LE(at) === visual) colours = coloursAt(received, at);
      }
    }
    const pixels = { ...layoutOf(received, formatsAt, formats, depth), ...colours };
    screens.push({ root, pixels });
  }
  return screens;
}

function coloursAt(received: Buffer, at: number) {
  return {
    red: received.readUInt32LE(at + 8),
    green: received.readUInt32LE(at + 12),
    blue: received.readUInt32LE(at + 16),
  };
}

/** Of all screens with so many bits of colour. */
function layoutOf(received: Buffer, formatsAt: number, formats: number, depth: number) {
  const isBigEndian = received.readUInt8(30) === 1;
  for (let at = formatsAt; at < formatsAt + 8 * formats; at += 8) {
    if (received.readUInt8(at) !== depth) continue;
    return { isBigEndian, bitsPerPixel: received.readUInt8(at + 1), padBits: received.readUInt8(at + 2) };
  }
  return { isBigEndian, bitsPerPixel: 0, padBits: 0 };
}

/** Lengths in this protocol are whole words of four bytes. */
export function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4);
}
