// One request over the socket or over TCP, and what came back before a deadline.
import { request } from "node:http";
import type { Asked } from "./asking/asked.ts";

/** Where the API is asked. */
export type Place =
  | { readonly over: "socket"; readonly path: string }
  | { readonly over: "tcp"; readonly port: number; readonly token: string | null };

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly allow: string;
  readonly text: string;
}

/** As long as anything asked here may take, on a machine with much else to do. */
const DEADLINE_MS = 9_000;

/** Rejects when nothing came in time or the connection was cut. */
export function send(
  place: Place,
  { method, target, headers, body }: Omit<Asked, "operation" | "misfit">,
): Promise<Answer> {
  const bytes = body === null ? null : Buffer.from(body as string);
  const length: Record<string, string> = bytes === null ? {} : { "content-length": String(bytes.length) };
  const token = place.over === "tcp" ? place.token : null;
  const bearer: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const where = place.over === "tcp" ? { host: "127.0.0.1", port: place.port } : { socketPath: place.path };
  return new Promise((resolve, reject) => {
    const sent = request({
      ...where,
      method,
      path: target,
      agent: false,
      headers: { ...headers, ...length, ...bearer },
    });
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${DEADLINE_MS / 1_000} s`)), DEADLINE_MS);
    sent.on("response", (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("error", reject);
      reply.on("end", () => {
        clearTimeout(timer);
        const { "content-type": type = "", allow = "" } = reply.headers;
        resolve({ status: reply.statusCode ?? 0, type, allow, text: Buffer.concat(parts).toString() });
      });
    });
    sent.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(bytes ?? undefined);
  });
}
