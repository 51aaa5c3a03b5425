// Requests that the document takes.
import fc from "fast-check";
import type { ApiDocument, Operation } from "../document.ts";
import { type Draft, wellFormed } from "./asked.ts";
import { Fitting, type Known } from "./fitting.ts";

/** Requests of one operation, made of values that fit, and of those that the collector knows wherever their names say so. */
export function draftsOf(document: ApiDocument, operation: Operation, known: Known): fc.Arbitrary<Draft> {
  const fitting = new Fitting(document, known);
  const inPath = operation.parameters.filter((each) => each.in === "path");
  const inQuery = operation.parameters.filter((each) => each.in === "query");
  const path = fc.record(
    Object.fromEntries(inPath.map(({ name, schema }) => [name, segment(fitting.of(schema, name))])),
  );
  const query = fc.record(
    Object.fromEntries(inQuery.map(({ name, schema }) => [name, fitting.of(schema, name).map(asText)])),
    { requiredKeys: inQuery.filter(({ required }) => required).map(({ name }) => name) },
  );
  return fc.record({ path, query, body: bodyOf(operation, fitting) }).map(({ path: segments, query: texts, body }) => ({
    operation,
    path: segments,
    query: Object.entries(texts),
    ...body,
  }));
}

/** An upload is bytes that are no package: what a package holds is not for this to make up. */
function bodyOf(operation: Operation, fitting: Fitting): fc.Arbitrary<Pick<Draft, "body" | "type">> {
  const none = { body: undefined, type: "application/json" };
  const choices = [...operation.bodies].map(([type, schema]) => {
    const body = type === "application/json" ? fitting.of(schema) : fc.uint8Array({ maxLength: 64 });
    return body.map((value): Pick<Draft, "body" | "type"> => ({ body: value, type }));
  });
  if (choices.length === 0) return fc.constant(none);
  return operation.needsBody ? fc.oneof(...choices) : fc.oneof(...choices, fc.constant(none));
}

/** What can stand between two slashes and is not read as a folder. */
function segment(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return value.map((each) => {
    const text = wellFormed(asText(each));
    return text === "" || text === "." || text === ".." ? "x" : text;
  });
}

function asText(value: unknown): string {
  return typeof value === "string" ? wellFormed(value) : JSON.stringify(value);
}
