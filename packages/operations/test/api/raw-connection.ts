// HTTP written by hand: `fetch` and `node:http` would put the Host right that a probe has wrong.
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One connection to a port or a socket, and what came back on it. */
export class RawConnection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #bytes = Buffer.alloc(0);
  #heard: () => void = () => undefined;
  #isClosed = false;

  constructor(where: number | string) {
    this.socket = typeof where === "number" ? connect(where, "127.0.0.1") : connect(where);
    // Being cut off is an answer too.
    this.socket.on("error", () => undefined);
    this.socket.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#heard();
    });
    this.closed = new Promise((resolve) => {
      this.socket.once("close", () => {
        this.#isClosed = true;
        this.#heard();
        resolve();
      });
    });
  }

  send(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The answers that have come whole by now. */
  get answers(): RawAnswer[] {
    const found: RawAnswer[] = [];
    for (let rest = this.#bytes; ; ) {
      const read = readAnswer(rest);
      if (read === null) return found;
      found.push(read.answer);
      rest = rest.subarray(read.length);
    }
  }

  /** Resolves with the answer of this number, or `null` when the connection ended without it. */
  async answer(number = 0): Promise<RawAnswer | null> {
    for (;;) {
      const found = this.answers[number];
      if (found !== undefined) return found;
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  end(): void {
    this.socket.destroy();
  }
}

/** Sends it on a connection of its own; resolves with the first answer. */
export async function once(where: number | string, text: string | Uint8Array): Promise<RawAnswer | null> {
  const connection = new RawConnection(where).send(text);
  const answer = await connection.answer();
  connection.end();
  return answer;
}

function readAnswer(bytes: Buffer): { answer: RawAnswer; length: number } | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const length = end + 4 + Number(headers["content-length"] ?? 0);
  if (bytes.length < length) return null;
  const body = bytes.subarray(end + 4, length).toString("utf8");
  return { answer: { status: Number(first.split(" ")[1]), headers, body }, length };
}
