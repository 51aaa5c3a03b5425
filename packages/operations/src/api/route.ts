import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem, type ProblemCode } from "@mimolo/protocol";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Access, Caller } from "./login/access.ts";
import { statusOf } from "./problems/problem.ts";

/** A server whose routes are described by zod: what does not fit `params`, `querystring` or `body` never reaches a handler. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module "fastify" {
  interface FastifyContextConfig extends Partial<Access> {}
  interface FastifyRequest {
    caller: Caller;
  }
}

export interface About {
  /** Unique; a generated client names its method so. */
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  readonly tag: "collector" | "agents" | "evidence" | "plugins" | "trust" | "platform" | "reports" | "page" | "access";
  readonly description?: string;
  /** What it answers with `status`, 200 by default. */
  readonly answers: z.ZodType;
  readonly status?: 101 | 200 | 201 | 202;
  /** What it answers in, where that is not JSON. */
  readonly type?: "text/plain" | "application/octet-stream";
  /** Other statuses it answers the same with. */
  readonly also?: readonly 200[];
  /** What may go wrong beyond what may with every route. */
  readonly refuses?: readonly ProblemCode[];
}

/** The part of a route's schema that only the document reads. */
export function about({ id, summary, tag, description, answers, status = 200, type, also = [], refuses = [] }: About) {
  const answer = type === undefined ? answers : { description: "OK", content: { [type]: { schema: answers } } };
  const response: Record<number, unknown> = Object.fromEntries([status, ...also].map((each) => [each, answer]));
  for (const [failed, codes] of byStatus(refuses)) {
    response[failed] = {
      description: codes.map((code) => `\`${code}\``).join(", "),
      content: { "application/problem+json": { schema: Problem } },
    };
  }
  return { operationId: id, summary, tags: [tag], ...(description === undefined ? {} : { description }), response };
}

/** `{items, next_cursor}`; `next_cursor` is null after the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

function byStatus(codes: readonly ProblemCode[]): Map<number, ProblemCode[]> {
  const grouped = new Map<number, ProblemCode[]>();
  for (const code of codes) grouped.set(statusOf(code), [...(grouped.get(statusOf(code)) ?? []), code]);
  return grouped;
}
