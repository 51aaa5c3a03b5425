import type { Socket } from "node:net";
import { Refusal } from "../guard/refusal.ts";
import type { Limits } from "./limits.ts";

/** What Node's parser could not read, as a problem; `null` when there is nobody left to tell. */
export function unreadable(error: Error & { code?: string }, socket: Socket, limits: Limits): Refusal | null {
  const { code = "" } = error;
  if (code === "ECONNRESET" || code === "EPIPE" || socket.destroyed) return null;
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Refusal({
      code: "header-too-large",
      detail: `the head of this request is larger than ${limits.headBytes} bytes`,
      hint: "send fewer and shorter headers",
    });
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return tooSlow(limits.headMs);
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return new Refusal({ code: "body-too-large", detail: "the chunks of this body carry too much beside it" });
  }
  return new Refusal({
    code: "bad-request",
    detail: `this is not HTTP as it has to be (${code === "" ? error.message : code})`,
    hint: "this speaks HTTP/1.1 without TLS",
    reason: "malformed",
  });
}

export function tooSlow(limitMs: number): Refusal {
  return new Refusal({
    code: "request-too-slow",
    detail: `the request was not complete within ${limitMs / 1000} s`,
    hint: "send it in one go",
  });
}
