// Standard input and output by bare file descriptors. `process.stdin` and `process.stdout` would load `node:net` and the
// streams behind it: 4 ms, an eighth of what an empty Node process costs to start. Reads and writes wait in the thread pool.
import type { Channel } from "./channel.ts";

const STDIN = 0;
const STDOUT = 1;
const READ_BYTES = 16_384;

// `import … from "node:fs"` makes Node build the whole ES view of it, `fs/promises` included: 1 ms and 1 MB.
const { read, write } = process.getBuiltinModule("node:fs");

/** A channel that can say whether a blocking call is out: until it returns, Node cannot leave the process in peace. */
export interface NodeChannel extends Channel {
  readonly isBusy: boolean;
}

/** The process's own stdin and stdout. */
export function nodeChannel(): NodeChannel {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  let calls = 0;
  const out = <Value>(start: (done: (error: NodeJS.ErrnoException | null, value: Value) => void) => void) => {
    calls += 1;
    return new Promise<Value>((resolve, reject) => {
      start((error, value) => {
        calls -= 1;
        if (error === null) resolve(value);
        else reject(error);
      });
    });
  };
  return {
    get isBusy() {
      return calls > 0;
    },
    async read() {
      for (let patience = 1; ; patience++) {
        try {
          const bytes = await out<number>((done) => read(STDIN, buffer, 0, READ_BYTES, null, done));
          return bytes === 0 ? null : buffer.subarray(0, bytes);
        } catch (error) {
          // Whatever else is wrong with stdin, there is no collector behind it any more.
          if (!isNotYet(error)) return null;
          await pause(patience);
        }
      }
    },
    async write(lines) {
      let rest: Uint8Array = Buffer.from(lines);
      for (let patience = 1; rest.length > 0; patience++) {
        try {
          const from = rest;
          rest = from.subarray(await out<number>((done) => write(STDOUT, from, 0, from.length, null, done)));
          patience = 0;
        } catch (error) {
          if (!isNotYet(error)) throw error;
          await pause(patience);
        }
      }
    },
  };
}

/** Someone made the descriptor non-blocking, and it has nothing, or no room, right now. */
function isNotYet(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "EAGAIN" || code === "EINTR";
}

function pause(patience: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.min(250, 5 * 2 ** Math.min(patience, 6)));
  });
}
