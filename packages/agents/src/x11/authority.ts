// The file `xauth` writes: by what word an X server lets a program in.

/** The one kind of word that is understood. */
export const COOKIE_NAME = "MIT-MAGIC-COOKIE-1";

const LOCAL = 256;
const WILD = 65_535;

/** The cookie for a display of this machine; `null` where the file has none, which an open server does not mind. Of a damaged
 *  file what is whole counts. */
export function cookieIn(
  file: Uint8Array,
  wanted: { readonly number: string; readonly host: string },
): Uint8Array | null {
  const fitting = entriesOf(file).filter(
    ({ number, name }) => name === COOKIE_NAME && (number === wanted.number || number === ""),
  );
  const here = fitting.find(({ family, address }) => family === LOCAL && address === wanted.host);
  // A machine that was given another name since still has its server under the old one.
  const found = here ?? fitting.find(({ family }) => family === WILD) ?? fitting.find(({ family }) => family === LOCAL);
  return found?.data ?? null;
}

interface Entry {
  readonly family: number;
  readonly address: string;
  readonly number: string;
  readonly name: string;
  readonly data: Uint8Array;
}

function entriesOf(file: Uint8Array): Entry[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const entries: Entry[] = [];
  let at = 0;
  const field = (): Uint8Array | null => {
    if (at + 2 > file.length) return null;
    const end = at + 2 + view.getUint16(at);
    if (end > file.length) return null;
    const bytes = file.subarray(at + 2, end);
    at = end;
    return bytes;
  };
  while (at + 2 <= file.length) {
    const family = view.getUint16(at);
    at += 2;
    const [address, number, name, data] = [field(), field(), field(), field()];
    if (address === null || number === null || name === null || data === null) break;
    entries.push({ family, address: text(address), number: text(number), name: text(name), data });
  }
  return entries;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
