// A real agent process with a test for a collector.
import { decodeLine, encodeLine, LineSplitter, type WireMessage } from "@mimolo/protocol/wire";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

export interface ChildAgent {
  readonly process: ChildProcessWithoutNullStreams;
  readonly messages: WireMessage[];
  /** Lines a collector would refuse. */
  readonly refused: string[];
  send(command: object): void;
  hangUp(): void;
  /** The first message that `fits`, come or to come. */
  message(fits: (message: WireMessage) => boolean): Promise<WireMessage>;
  /** Exit code or signal, once everything it said was read. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

export const ACK = {
  cmd: "ack",
  ack: "handshake",
  accepted: true,
  app_version: "0.4.0",
  protocol_version: "0.4",
  params: { heartbeat_interval_s: 0.2, cpu_budget_percent: 1 },
};

/** Starts `file` with nothing but PATH in its environment, and its own folder if it has one; `isReading: false` leaves its
 *  stdout and stderr alone. */
export function childAgent(
  file: string,
  { isReading = true, folder }: { isReading?: boolean; folder?: string } = {},
): ChildAgent {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env["PATH"], ...(folder === undefined ? {} : { MIMOLO_AGENT_DATA_DIR: folder }) },
  });
  const messages: WireMessage[] = [];
  const refused: string[] = [];
  const waiting = new Set<() => void>();
  const lines = new LineSplitter(
    { maxLineBytes: 65_536 },
    {
      line(bytes) {
        const decoded = decodeLine(bytes);
        if (decoded.ok && decoded.known) messages.push(decoded.message);
        else refused.push(Buffer.from(bytes).toString());
        for (const look of waiting) look();
      },
      tooLong: (head) => void refused.push(Buffer.from(head).toString()),
    },
  );
  if (isReading) {
    child.stdout.on("data", (chunk: Buffer) => lines.push(chunk));
    child.stderr.pipe(process.stderr, { end: false });
  }
  child.stdin.on("error", () => {});
  return {
    process: child,
    messages,
    refused,
    send: (command) => void child.stdin.write(encodeLine(command)),
    hangUp: () => void child.stdin.end(),
    message: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = messages.find((message) => fits(message));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ended: once(child, "close").then(([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? -1),
  };
}
