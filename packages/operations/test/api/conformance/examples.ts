// The examples of the document, as requests and as answers.
import type { ApiDocument, Operation, Schema } from "./document.ts";
import { type Draft, wellFormed } from "./asking/asked.ts";

type Members = { readonly [name: string]: unknown };

/** The operation asked as its examples have it: with every parameter and body that has one. */
export function exampleDraft(document: ApiDocument, operation: Operation): Draft {
  const parameters = operation.parameters.map((each) => ({
    ...each,
    example: exampleOf(document, parameterOf(operation, each.name), each.schema),
  }));
  const [[type, schema] = ["application/json", true as Schema]] = operation.bodies;
  const body = exampleOf(document, mediaOf(operation.raw["requestBody"], type), schema);
  return {
    operation,
    path: Object.fromEntries(parameters.filter(isIn("path")).map(({ name, example }) => [name, textOf(example)])),
    query: parameters
      .filter(isIn("query"))
      .filter(({ example }) => example !== undefined)
      .map(({ name, example }) => [name, textOf(example)] as const),
    body: type === "application/octet-stream" ? Buffer.from(textOf(body ?? "")) : body,
    type,
  };
}

/** What each status is shown to be answered with. */
export function exampleAnswers(document: ApiDocument, operation: Operation): [string, Schema, unknown][] {
  const responses = membersOf(operation.raw["responses"]);
  return [...operation.answers].flatMap(([status, types]) =>
    [...types]
      .filter(([type]) => type === "application/json")
      .map(([type, schema]): [string, Schema, unknown] => [
        status,
        schema,
        exampleOf(document, mediaOf(responses[status], type), schema),
      ]),
  );
}

/** An `example`, the first of `examples` (texts of a schema, or named with their `value`), or that of the schema. */
function exampleOf(document: ApiDocument, described: Members, schema: Schema): unknown {
  if ("example" in described) return described["example"];
  const [named] = Object.values(membersOf(described["examples"]));
  if (named !== undefined) return "value" in membersOf(named) ? membersOf(named)["value"] : named;
  const looked = document.look(schema);
  if (typeof looked === "boolean") return undefined;
  if ("example" in looked) return looked["example"];
  return Array.isArray(looked["examples"]) ? (looked["examples"][0] as unknown) : undefined;
}

function parameterOf(operation: Operation, name: string): Members {
  const all = operation.raw["parameters"];
  return membersOf(Array.isArray(all) ? all.find((each) => membersOf(each)["name"] === name) : undefined);
}

function mediaOf(described: unknown, type: string): Members {
  return membersOf(membersOf(membersOf(described)["content"])[type]);
}

function isIn(place: string) {
  return (parameter: { in: string }) => parameter.in === place;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? wellFormed(value) : (JSON.stringify(value) ?? "");
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}
