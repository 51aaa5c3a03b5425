// Whether the document takes a request, by the document alone.
import type { ApiDocument, Operation, Parameter } from "../document.ts";

/** Why not, or `null`. */
export function misfitOf(
  document: ApiDocument,
  operation: Operation,
  {
    path,
    query,
    body,
    type,
  }: { path: Readonly<Record<string, string>>; query: URLSearchParams; body: unknown; type: string },
): string | null {
  for (const parameter of operation.parameters) {
    const texts = parameter.in === "path" ? [path[parameter.name] ?? ""] : query.getAll(parameter.name);
    if (parameter.in === "header") continue;
    if (texts.length === 0 && parameter.required) return `${parameter.name} is missing`;
    if (texts.length > 0 && !takes(document, parameter, texts)) return `${parameter.name}: ${texts.join(" ")}`;
  }
  const names = new Set(operation.parameters.filter((each) => each.in === "query").map(({ name }) => name));
  const stranger = [...query.keys()].find((name) => !names.has(name));
  if (stranger !== undefined) return `no parameter is called ${stranger}`;
  return bodyMisfit(document, operation, body, type);
}

function bodyMisfit(document: ApiDocument, operation: Operation, body: unknown, type: string): string | null {
  const isNone = body === undefined || (body === null && !operation.needsBody);
  if (isNone) return operation.needsBody ? "the body is missing" : null;
  const schema = operation.bodies.get(type);
  if (schema !== undefined) return type === "application/json" ? document.misfit(schema, body) : null;
  // What takes no body does not mind an empty one.
  const isEmpty = typeof body === "object" && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
  return operation.bodies.size === 0 && isEmpty ? null : `no body of type ${type} is wanted`;
}

/** A parameter is text; its schema may speak of numbers. */
function takes(document: ApiDocument, { schema }: Parameter, texts: readonly string[]): boolean {
  const [text = ""] = texts;
  if (texts.length > 1) return document.misfit(schema, texts) === null;
  const readings: unknown[] = [text, [text]];
  if (/^-?\d+(\.\d+)?$/.test(text)) readings.push(Number(text));
  if (text === "true" || text === "false") readings.push(text === "true");
  return readings.some((reading) => document.misfit(schema, reading) === null);
}
