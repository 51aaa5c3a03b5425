import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { openApiDocument } from "../../../src/api/document/open-api-document.ts";
import { exampleAnswers, exampleDraft } from "../conformance/examples.ts";
import { ApiDocument } from "../conformance/document.ts";

const written: unknown = JSON.parse(readFileSync(new URL("../../../../../spec/openapi.json", import.meta.url), "utf8"));
const document = new ApiDocument(await openApiDocument());
const operations = document.operations.map((operation) => [operation.id, operation] as const);

test("the document is the one in spec", () => {
  expect(document.raw).toEqual(written);
});

test("every path of the contract is there", () => {
  const paths = new Set(document.operations.map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`));
  expect(contract.filter((each) => !paths.has(each))).toEqual([]);
});

test("each operation has a name of its own", () => {
  const ids = document.operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(operations)("%s says who may ask, what for, and what comes of it", (_, operation) => {
  const { raw, path, parameters, answers } = operation;
  expect(["open", "read", "control", "admin"]).toContain(operation.scope);
  expect(raw["security"]).toEqual(operation.scope === "open" ? [] : undefined);
  expect(raw["summary"]).toMatch(/^[A-Z].*[.:].*$/);
  expect(raw["tags"]).toHaveLength(1);
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(parameters.filter(({ in: place }) => place === "path").map(({ name }) => name)).toEqual(named);
  expect([...(answers.get("default")?.keys() ?? [])]).toEqual(["application/problem+json"]);
});

test.each(operations)("the examples of %s fit what it takes and answers", (_, operation) => {
  const { body, type, path } = exampleDraft(document, operation);
  for (const { name, in: place, schema } of operation.parameters) {
    if (place === "path") expect(document.misfit(schema, path[name])).toBeNull();
  }
  const schema = operation.bodies.get(type);
  if (schema !== undefined && type === "application/json") {
    expect(body).toBeDefined();
    expect(document.misfit(schema, body)).toBeNull();
  }
  for (const [, answer, example] of exampleAnswers(document, operation)) {
    if (example !== undefined) expect(document.misfit(answer, example)).toBeNull();
  }
});

test("nothing refers to what is not there, and nothing is there for nobody", () => {
  const text = JSON.stringify(document.raw);
  const refs = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  const { schemas } = document.raw["components"] as { schemas: Record<string, object> };
  expect([...refs].filter((name) => schemas[name ?? ""] === undefined)).toEqual([]);
  const ofEvents = ["ControlEvent", "ControlNotice", "SubscribeMessage"];
  expect(Object.keys(schemas).filter((name) => !refs.has(name) && !ofEvents.includes(name))).toEqual([]);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const name of Object.keys(schemas)) {
    expect(() => ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas } })).not.toThrow();
  }
});

const contract = `
GET /plugins
POST /plugins/{id}/install
DELETE /plugins/{id}
PUT /plugins/{id}/config
GET /plugins/{id}/status
POST /plugins/{id}/reload
GET /status
GET /agents
GET /agents/{label}
GET /timeline
GET /evidence
GET /diagnostics
GET /widgets/{label}
GET /artifacts
GET /artifacts/content/{token}
GET /capabilities
GET /grants
GET /rules
GET /audit
GET /plugins/{id}/stats
GET /telemetry
GET /reports/{kind}
GET /config
GET /metrics
GET /health
POST /login
POST /agents
POST /agents/{label}/start
POST /agents/{label}/stop
POST /agents/{label}/restart
POST /agents/{label}/flush
POST /agents/{label}/duplicate
POST /widgets/{label}/render
POST /widgets/{label}/action
POST /messages
POST /grants
POST /plugins/{id}/load
POST /plugins/{id}/unload
POST /plugins/{id}/enable
POST /plugins/{id}/disable
POST /plugins/{id}/invoke
POST /plugins/{id}/upgrade
POST /rules/test
POST /verify
POST /query
POST /artifacts/archive
POST /artifacts/restore
POST /artifacts/purge/plan
POST /artifacts/purge/execute
POST /shutdown
PATCH /agents/{label}
PATCH /config
DELETE /agents/{label}
DELETE /grants/{id}
GET /openapi.json
GET /events
`
  .trim()
  .split("\n");
