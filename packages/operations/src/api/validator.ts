import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";
import { ProblemError } from "./problem.ts";

/** Checks what is asked by the route's zod; what does not fit is a problem that names the member and what was expected. */
export const validatorFor: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  if (!(schema instanceof z.ZodType)) throw new Error(`a route describes its ${httpPart} by something other than zod`);
  return (given: unknown) => {
    const read = schema.safeParse(given);
    if (read.success) return { value: read.data };
    return { error: refusalOf(read.error, httpPart ?? "body") };
  };
};

function refusalOf({ issues }: z.ZodError, part: string): ProblemError {
  const sentences = issues.map(({ path, message }) => `${path.length === 0 ? part : path.join(".")}: ${message}`);
  return new ProblemError("invalid-parameter", sentences.join("; "));
}
