// What a durable agent really said and heard, noted in a file outside its own folder: the numbers it sent, before they leave,
// and the `committed` it was given. The suite holds the collector to these notes.
import { appendFileSync } from "node:fs";

/** @param {string} notes the file to note in @returns {{wrote(chunk: string): void, heard(chunk: string): void}} */
export function recorder(notes) {
  let stream = "";
  const note = (/** @type {object[]} */ entries) => {
    const told = { at: Date.now(), pid: process.pid };
    const lines = entries.map((entry) => `${JSON.stringify({ ...entry, ...told })}\n`);
    if (lines.length > 0) appendFileSync(notes, lines.join(""));
  };
  note([{ began: true }]);
  const wrote = (/** @type {string} */ line) => {
    if (!/"(seq|stream)":/.test(line)) return [];
    const message = JSON.parse(line);
    if (message.type === "handshake") stream = message.stream ?? "";
    if (typeof message.seq !== "number") return [];
    const { data = {} } = message;
    return [{ sent: [message.stream ?? stream, message.seq, (data.payload ?? data).id ?? null] }];
  };
  const heard = (/** @type {string} */ line) => {
    if (!line.includes('"committed"')) return [];
    const { cmd, params, ...rest } = JSON.parse(line);
    const { stream: of, through, refused = [] } = { ...rest, ...params };
    return cmd === "committed" ? [{ through: [of, through, refused.map((/** @type {any} */ { seq }) => seq)] }] : [];
  };
  return { wrote: perChunk(wrote, note), heard: perChunk(heard, note) };
}

/** @param {(line: string) => object[]} read @param {(entries: object[]) => void} note */
function perChunk(read, note) {
  let rest = "";
  return (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    note(lines.flatMap(read));
  };
}

/** The same for an agent that reads and writes by bare descriptors through `node:fs`, as the SDK does. Before it is imported. */
export function recordDescriptors(/** @type {string} */ notes) {
  const { wrote, heard } = recorder(notes);
  const fs = process.getBuiltinModule("node:fs");
  const original = { write: fs.write, writeSync: fs.writeSync, read: fs.read, readSync: fs.readSync };
  let last = { memory: /** @type {unknown} */ (null), from: 0, to: 0 };
  const out = (/** @type {any} */ bytes) => {
    if (typeof bytes === "string") return wrote(bytes);
    const now = { memory: bytes.buffer, from: bytes.byteOffset, to: bytes.byteOffset + bytes.byteLength };
    // What a short write left over, or one that has to be tried again, was noted with the whole.
    const isRest = now.memory === last.memory && now.to === last.to && now.from >= last.from;
    last = now;
    if (!isRest) wrote(bytes.toString());
  };
  Object.assign(fs, {
    write: (/** @type {any[]} */ ...args) => {
      if (args[0] === 1) out(args[1]);
      return /** @type {any} */ (original.write)(...args);
    },
    writeSync: (/** @type {any[]} */ ...args) => {
      if (args[0] === 1) out(args[1]);
      return /** @type {any} */ (original.writeSync)(...args);
    },
    read: (/** @type {any[]} */ ...args) => {
      const done = args.at(-1);
      if (args[0] !== 0) return /** @type {any} */ (original.read)(...args);
      const then = (/** @type {any} */ error, /** @type {number} */ bytes, /** @type {Buffer} */ buffer) => {
        if (error === null && bytes > 0) heard(buffer.subarray(0, bytes).toString());
        done(error, bytes, buffer);
      };
      return /** @type {any} */ (original.read)(...args.slice(0, -1), then);
    },
  });
}
