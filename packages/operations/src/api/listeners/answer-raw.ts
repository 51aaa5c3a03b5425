import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemOf } from "../problems/problem.ts";
import { Refusal } from "../guard/refusal.ts";

/** How long a client may take to read its refusal. */
const LINGER_MS = 2_000;

/** What every answer over TCP carries: nothing keeps it, guesses its type, or shows it to another origin. */
export const TCP_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

/** Answers with the problem where there is no request to answer yet, or no longer, and closes the connection. */
export function answerRaw(stream: Duplex, error: unknown): void {
  if (!stream.writable) {
    stream.destroy();
    return;
  }
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  const headers = {
    ...TCP_HEADERS,
    ...(error instanceof Refusal ? error.headers : {}),
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.on("error", () => stream.destroy());
  stream.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
  // What is still being sent is read and thrown away: to close over it would take the answer back.
  stream.resume();
  const cut = setTimeout(() => stream.destroy(), LINGER_MS).unref();
  stream.once("close", () => clearTimeout(cut));
}
