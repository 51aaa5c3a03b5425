// Bytes to text with a real check of the encoding, through the globals that every JavaScript runtime has.

interface Decoder {
  decode(bytes: Uint8Array): string;
}
/** As Node's own buffers have it. */
interface Latin1 {
  latin1Slice(from: number, to: number): string;
}
interface Runtime {
  readonly TextDecoder: new (label: string, options: { fatal?: boolean; ignoreBOM: boolean }) => Decoder;
  /** Node's own decoding of its own buffers is twice as fast for short lines. */
  readonly Buffer?: { isBuffer(bytes: Uint8Array): boolean };
}

const runtime = globalThis as unknown as Runtime;
// A byte order mark must stay visible: it would otherwise vanish between the checked text and the stored bytes.
// Made when first needed: most agents never need either, and making them costs every start.
let lenient: Decoder | null = null;
let strict: Decoder | null = null;
const nodeBuffer = runtime.Buffer;

/** The text of valid UTF-8, `null` for anything else (cut characters, overlong forms, surrogates). */
export function readUtf8(bytes: Uint8Array): string | null {
  const text = nodeBuffer?.isBuffer(bytes) === true ? bytes.toString() : decodeLeniently(bytes);
  // Every fault shows as U+FFFD; the slow check only tells it from a U+FFFD that was really sent.
  return text.includes("\uFFFD") && !isStrictUtf8(bytes) ? null : text;
}

/** So many arguments every engine takes at once. */
const MOST_ARGUMENTS = 8192;

/** One character for each byte; ASCII is itself, and nothing else is. No `TextDecoder`: that of Node 20 loses a leading 0xFF. */
export function readLatin1(bytes: Uint8Array): string {
  if (nodeBuffer?.isBuffer(bytes) === true) return (bytes as Uint8Array & Latin1).latin1Slice(0, bytes.length);
  let text = "";
  for (let from = 0; from < bytes.length; from += MOST_ARGUMENTS)
    text += String.fromCharCode(...bytes.subarray(from, from + MOST_ARGUMENTS));
  return text;
}

function decodeLeniently(bytes: Uint8Array): string {
  lenient ??= new runtime.TextDecoder("utf-8", { ignoreBOM: true });
  return lenient.decode(bytes);
}

function isStrictUtf8(bytes: Uint8Array): boolean {
  strict ??= new runtime.TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
