import { fastify } from "fastify";
import { createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { AccessDesk } from "../login/access-desk.ts";
import { API_PREFIX } from "../prefix.ts";
import { routes } from "../routes.ts";
import type { CollectorView } from "../view.ts";
import { components } from "./components.ts";
import { asWritten } from "./as-written.ts";
import { frontMatter } from "./front-matter.ts";
import { routeTransform } from "./route-transform.ts";
import { type Tree, tidied } from "./tidied.ts";
import { withExamples } from "./with-examples.ts";

/** The document of every route. Routes are declared on a server of its own that listens nowhere and calls no handler. */
export async function makeDocument(): Promise<object> {
  const { default: swagger } = await import("@fastify/swagger");
  const server = fastify({ logger: false });
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => JSON.stringify);
  const schemaRegistry = components();
  const zodToJsonConfig = { override: asWritten };
  await server.register(swagger, {
    openapi: frontMatter,
    transform: routeTransform(schemaRegistry, zodToJsonConfig),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry, zodToJsonConfig }),
  });
  // Declaring a route asks nothing of what it will answer from.
  const view = {} as CollectorView;
  const desk = {} as AccessDesk;
  const figures = () => ({ requests: [], listeners: 0 });
  await server.register(
    (inner, _options, done) => {
      routes(inner, { view, desk, figures, document: makeDocument });
      done();
    },
    { prefix: API_PREFIX },
  );
  await server.ready();
  const document = server.swagger() as unknown as Tree;
  await server.close();
  return withExamples(tidied(document));
}
