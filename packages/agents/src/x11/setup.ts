// The first words between a program and an X server.
import { COOKIE_NAME } from "./authority.ts";

/** What a server says of itself, as far as anybody here asks. */
export interface Setup {
  /** The root window of each screen. */
  readonly roots: readonly number[];
  /** The first of the numbers that this program may give to what it makes. */
  readonly firstId: number;
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
    return { ok: true, setup: { firstId: received.readUInt32LE(12), roots: rootsOf(received) }, bytes };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, why: "its first words make no sense" };
  }
}

/** Screens stand one behind the other, each with its depths, each of those with its visuals. */
function rootsOf(received: Buffer): number[] {
  const roots: number[] = [];
  let at = 40 + padded(received.readUInt16LE(24)) + 8 * received.readUInt8(29);
  for (let screen = 0; screen < received.readUInt8(28); screen += 1) {
    roots.push(received.readUInt32LE(at));
    const depths = received.readUInt8(at + 39);
    at += 40;
    for (let depth = 0; depth < depths; depth += 1) at += 8 + 24 * received.readUInt16LE(at + 2);
  }
  return roots;
}

/** Lengths in this protocol are whole words of four bytes. */
export function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4);
}
