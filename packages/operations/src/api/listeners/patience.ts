import type { IncomingMessage, ServerResponse } from "node:http";
import { hasBody } from "../guard/body-type.ts";
import { answerRaw } from "./answer-raw.ts";
import type { Limits } from "./limits.ts";
import { tooSlow } from "./unreadable.ts";

/** How long a body that nobody wants may still go on coming. */
const LINGER_MS = 1_000;

/** Lets go of a client that does not take its answer: it holds what it was to get in memory. */
export function awaitReader(response: ServerResponse, { answerMs }: Limits): void {
  const { socket } = response.req;
  response.once("prefinish", () => {
    const timer = setTimeout(() => socket.destroy(), answerMs).unref();
    response.once("close", () => clearTimeout(timer));
  });
}

/** Holds a body to its time: a package has more of it than anything else. The head was in time, Node saw to that. */
export function awaitBody(request: IncomingMessage, response: ServerResponse, limits: Limits): void {
  if (!hasBody(request)) return;
  const isPackage = request.headers["content-type"]?.toLowerCase() === "application/octet-stream";
  const limitMs = isPackage ? limits.packageMs : limits.requestMs;
  const { socket } = request;
  let timer = setTimeout(() => {
    // An answer of another request, or half of this one's, may be on the way: then there is no room for another.
    if (response.headersSent || response.socket === null) socket.destroy();
    else answerRaw(socket, tooSlow(limitMs));
  }, limitMs).unref();
  const enough = () => clearTimeout(timer);
  request.once("end", enough);
  request.once("close", enough);
  response.once("finish", () => {
    enough();
    if (!request.complete) timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
}
