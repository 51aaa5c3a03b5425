import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";
import { nearestName } from "../../config/nearest.ts";
import { ProblemError } from "../problems/problem.ts";
import { sentenceOf } from "./sentence.ts";

/** Checks what is asked by the route's zod; what does not fit is a problem that names the member and what was expected. */
export const validatorFor: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  const part = httpPart === "querystring" ? "query" : (httpPart ?? "body");
  if (!(schema instanceof z.ZodType)) throw new Error(`a route describes its ${part} by something other than zod`);
  // No body at all comes as null.
  return (given: unknown) => fitted(schema, given ?? undefined, part);
};

/** What was given as `schema` reads it, or why it does not fit; `part` is what it is called there. */
export function fitted<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  part: string,
): { value: z.output<Schema>; error?: never } | { error: ProblemError } {
  const read = schema.safeParse(given, { error: sentenceOf });
  if (read.success) return { value: read.data };
  return { error: refusalOf(read.error, { part, known: namesOf(schema) }) };
}

interface Expected {
  readonly part: string;
  /** Names of its members, where they are fixed. */
  readonly known: readonly string[];
}

function refusalOf({ issues }: z.ZodError, { part, known }: Expected): ProblemError {
  const sentences = issues.map((issue) => {
    const place = issue.path.join(".");
    if (issue.code === "unrecognized_keys") return issue.message;
    if (place === "") return issue.code === "custom" ? issue.message : `the ${part} ${issue.message}`;
    return `${place} ${issue.message}`;
  });
  const stranger = issues.find((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0);
  const hint = stranger?.code === "unrecognized_keys" ? hintFor(stranger.keys[0] ?? "", { part, known }) : undefined;
  return new ProblemError("invalid-parameter", sentences.join("; "), hint);
}

function hintFor(name: string, { part, known }: Expected): string {
  if (known.length === 0) return `the ${part} is empty here`;
  const nearest = nearestName(name, known);
  return nearest === undefined ? `there are ${known.join(", ")}` : `did you mean ${nearest}?`;
}

function namesOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return namesOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
