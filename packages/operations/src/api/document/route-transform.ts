import type { FastifyContextConfig, FastifySchema, RouteOptions } from "fastify";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";
import { Problem } from "@mimolo/protocol";
import { z } from "zod";

type Options = NonNullable<Parameters<typeof createJsonSchemaTransform>[0]>;
type Transform = ReturnType<typeof createJsonSchemaTransform>;
type Asked = Parameters<Transform>[0];
type Described = FastifySchema & Record<string, unknown>;

const problem = {
  description: "A refusal; `code` says which.",
  content: { "application/problem+json": { schema: Problem } },
};

/** How a route of ours becomes an operation: what it takes and answers by the library, who may ask for it by us. */
export function routeTransform(
  schemaRegistry: NonNullable<Options["schemaRegistry"]>,
  zodToJsonConfig: NonNullable<Options["zodToJsonConfig"]>,
): Transform {
  const byZod = createJsonSchemaTransform({ schemaRegistry, zodToJsonConfig });
  return (asked) => {
    const { schema, url, route } = asked as Asked & { schema: Described; route: RouteOptions };
    const { body, response, ...rest } = schema;
    const described: Described = { ...rest, response: answersOf(response as Record<string, unknown>) };
    const done = byZod({ ...asked, schema: described });
    const made = done.schema as Described;
    for (const [name, value] of Object.entries(accessOf(route.config ?? {}))) made[name] = value;
    if (body === undefined) return { schema: made, url };
    const content = contentOf(body);
    const schemas = Object.entries(content).map(([type, each]) => {
      const inner = each instanceof z.ZodOptional ? each.unwrap() : each;
      const read = byZod({ ...asked, schema: { body: inner } }).schema as Described;
      return [type, { schema: read["body"] }];
    });
    made["body"] = { content: Object.fromEntries(schemas) as unknown };
    made["x-body-optional"] = Object.values(content).some((each) => each instanceof z.ZodOptional);
    return { schema: made, url };
  };
}

/** Every route refuses; an answer without content has none. */
function answersOf(response: Record<string, unknown>): Record<string, unknown> {
  const answers = Object.entries(response).filter(([, answer]) => !(answer instanceof z.ZodNever));
  return { ...Object.fromEntries(answers), default: problem };
}

function accessOf({ scope = "admin", only }: FastifyContextConfig): Record<string, unknown> {
  const open = scope === "open" ? { security: [] } : {};
  return { "x-scope": scope, ...(only === undefined ? {} : { "x-socket-only": true }), ...open };
}

function contentOf(body: unknown): Record<string, unknown> {
  if (body instanceof z.ZodType) return { "application/json": body };
  const { content } = body as { content: Record<string, { schema: unknown }> };
  return Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema]));
}
