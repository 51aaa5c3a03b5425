// HTTP over the socket. The runtime's own fetch would cost a verb 25 ms more, and cannot reach a socket.
import { request } from "node:http";
import { CliError, EXIT } from "../error.ts";

const PREFIX = "/api/v1";

export interface Exchange {
  readonly method: string;
  /** Below the prefix, with its query. */
  readonly address: string;
  /** Sent as JSON. */
  readonly body: unknown;
  readonly patienceMs: number;
}

/** Sends one request over a connection of its own. Throws `CliError`, exit code 3, when nobody answers. */
export function exchange(
  socketPath: string,
  { method, address, body, patienceMs }: Exchange,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      accept: "application/json",
      host: "localhost",
      "x-mimolo-by": "cli",
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
    };
    const options = { socketPath, method, path: `${PREFIX}${address}`, headers, agent: false, timeout: patienceMs };
    const sent = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", (error) => reject(unanswered(socketPath, error)));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", (error) => reject(unanswered(socketPath, error)));
    sent.end(payload);
  });
}

function unanswered(socketPath: string, cause: NodeJS.ErrnoException): CliError {
  return new CliError(
    "collector-not-reachable",
    EXIT.unreachable,
    `no collector answers at ${socketPath} (${cause.code ?? cause.message})`,
    "It may have just ended: start it with `mimolo run`.",
    { cause },
  );
}
