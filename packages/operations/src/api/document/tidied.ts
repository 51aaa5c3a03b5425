import { STATUS_CODES } from "node:http";
import { ofEvents } from "./components.ts";

/** A part of a JSON document. */
export type Tree = { [name: string]: unknown };

const REF = "#/components/schemas/";

/** The document as people read it: schemas that are the same coming and going have one name, what nothing refers to is left out,
 *  and answers may grow members. */
export function tidied(document: Tree): Tree {
  const parts = document["components"] as { schemas: Record<string, Tree> };
  for (const item of operationsOf(document)) {
    for (const [status, answer] of Object.entries(item["responses"] as Record<string, Tree>)) {
      open(answer);
      if (answer["description"] === "Default Response") answer["description"] = STATUS_CODES[status] ?? status;
    }
    if (item["operationId"] === "listen") {
      item["responses"] = { 101: { description: STATUS_CODES[101] }, ...(item["responses"] as Tree) };
    }
    if (item["x-body-optional"] === true) (item["requestBody"] as Tree)["required"] = false;
    delete item["x-body-optional"];
  }
  const outputs = Object.keys(parts.schemas).filter((name) => parts.schemas[`${name}Input`] !== undefined);
  for (const name of outputs) open(parts.schemas[name]);
  const same = new Map(
    outputs.filter((name) => sameShape(parts.schemas, name)).map((name) => [`${REF}${name}Input`, `${REF}${name}`]),
  );
  const merged = renamed(document, same) as Tree;
  const { schemas } = merged["components"] as { schemas: Record<string, Tree> };
  const used = reached(merged, schemas);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  (merged["components"] as Tree)["schemas"] = Object.fromEntries(kept.toSorted(([one], [two]) => (one < two ? -1 : 1)));
  return merged;
}

/** Every operation of a document. */
export function operationsOf(document: Tree): Tree[] {
  return Object.values(document["paths"] as Record<string, Record<string, Tree>>).flatMap((item) =>
    Object.values(item),
  );
}

/** What is answered today may have more members tomorrow. */
function open(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  if ("additionalProperties" in part && part.additionalProperties === false) delete part.additionalProperties;
  for (const inner of Object.values(part)) open(inner);
}

function sameShape(schemas: Record<string, Tree>, name: string): boolean {
  const bare = (tree: Tree | undefined) => JSON.stringify(tree).replaceAll(/(components\/schemas\/\w+?)Input"/g, '$1"');
  return bare(schemas[name]) === bare(schemas[`${name}Input`]);
}

function renamed(part: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(part)) return part.map((each) => renamed(each, names));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const isRef = name === "$ref" && typeof value === "string";
      return [name, isRef ? (names.get(value) ?? value) : renamed(value, names)];
    }),
  );
}

function reached(document: Tree, schemas: Record<string, Tree>): Set<string> {
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    for (const [name, value] of Object.entries(part)) {
      if (name === "$ref" && typeof value === "string") take(value.slice(REF.length));
      else follow(value);
    }
  };
  const take = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    follow(schemas[name]);
  };
  follow(document["paths"]);
  ofEvents.forEach(take);
  return used;
}
