import type { ServerResponse } from "node:http";
import { Refusal } from "../guard/refusal.ts";
import { problemOf } from "../problems/problem.ts";

/** Answers a request that gets no further, and lets its connection go. */
export function refuse(response: ServerResponse, error: unknown): void {
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, {
    ...(error instanceof Refusal ? error.headers : {}),
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
