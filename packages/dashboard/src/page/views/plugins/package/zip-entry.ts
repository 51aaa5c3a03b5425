// One small file out of a package, read where it lies: packages are ZIP files, and what they say of themselves is wanted before
// anything is sent.

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_END_BYTES = 65_557;
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024;

/** The text of `name` in a ZIP file; null where there is none, it is larger than `mostBytes`, or the file is no ZIP. What is read
 *  here is only shown: the collector checks all of it. */
export async function textInZip(file: Blob, name: string, mostBytes: number): Promise<string | null> {
  try {
    const entry = await entryIn(file, name);
    if (entry === null || entry.size > mostBytes || entry.packedSize > mostBytes) return null;
    const head = await viewOf(file, entry.at, entry.at + 30);
    if (head.getUint32(0, true) !== LOCAL) return null;
    const start = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    const packed = file.slice(start, start + entry.packedSize);
    const text = entry.method === 0 ? packed.text() : new Response(inflated(packed)).text();
    return (await text).slice(0, mostBytes);
  } catch {
    return null;
  }
}

interface Entry {
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly at: number;
}

async function entryIn(file: Blob, name: string): Promise<Entry | null> {
  const tailAt = Math.max(0, file.size - LONGEST_END_BYTES);
  const tail = await viewOf(file, tailAt, file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) return null;
  const size = tail.getUint32(end + 12, true);
  const at = tail.getUint32(end + 16, true);
  if (size > MOST_DIRECTORY_BYTES) return null;
  const directory = await viewOf(file, at, at + size);
  const words = new TextDecoder();
  for (let entry = 0; entry + 46 <= directory.byteLength; ) {
    if (directory.getUint32(entry, true) !== ENTRY) return null;
    const nameBytes = directory.getUint16(entry + 28, true);
    const method = directory.getUint16(entry + 10, true);
    const own = words.decode(new Uint8Array(directory.buffer, entry + 46, nameBytes));
    if (own === name && (method === 0 || method === 8)) {
      return {
        method,
        packedSize: directory.getUint32(entry + 20, true),
        size: directory.getUint32(entry + 24, true),
        at: directory.getUint32(entry + 42, true),
      };
    }
    entry += 46 + nameBytes + directory.getUint16(entry + 30, true) + directory.getUint16(entry + 32, true);
  }
  return null;
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

function inflated(packed: Blob): ReadableStream<Uint8Array> {
  return packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
}
