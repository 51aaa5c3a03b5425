import fc from "fast-check";
import { expect, test } from "vitest";
import { draftsOf } from "./asking/drafts.ts";
import { asked, spoilt } from "./asking/spoiling.ts";
import { ApiDocument } from "./document.ts";
import { faultOf } from "./fault.ts";

const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
const document = new ApiDocument({
  servers: [{ url: "/api/v1" }],
  paths: {
    "/things/{name}": {
      put: {
        operationId: "putThing",
        "x-scope": "control",
        parameters: [
          { name: "name", in: "path", required: true, schema: { type: "string", pattern: "^[a-z]+$", maxLength: 16 } },
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 9 } },
          { name: "from", in: "query", required: true, schema: { type: "string", format: "date-time" } },
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
        },
        responses: {
          200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
          default: { content: problem },
        },
      },
    },
  },
  components: {
    schemas: {
      Problem: { type: "object", required: ["code"], properties: { code: { enum: ["bad-request"] } } },
      Thing: {
        type: "object",
        additionalProperties: false,
        required: ["kind", "inner"],
        properties: {
          kind: { enum: ["one", "two"] },
          inner: { anyOf: [{ type: "null" }, { $ref: "#/components/schemas/Thing" }] },
          count: { type: "integer", minimum: 0 },
          more: { type: "object", additionalProperties: { type: ["string", "boolean"] } },
        },
      },
    },
  },
});
const [operation] = document.operations;
if (operation === undefined) throw new Error("the document has an operation");
const drafts = draftsOf(document, operation, { name: ["known"] });

test("what is made to fit does", () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      expect(asked(document, draft).misfit).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("what is spoilt mostly does not, and there are many ways", () => {
  const ways = new Set<string>();
  let fitting = 0;
  fc.assert(
    fc.property(
      drafts.chain((draft) => spoilt(document, draft)),
      ({ misfit }) => {
        if (misfit === null) fitting += 1;
        else ways.add(misfit.replaceAll(/".*?"|\d+/g, "").slice(0, 40));
      },
    ),
    { numRuns: 600, seed: 8 },
  );
  expect(fitting).toBeLessThan(120);
  expect(ways.size).toBeGreaterThan(20);
});

const thing = { operation, method: "PUT", target: "/api/v1/things/x", headers: {}, body: null };
const json = { type: "application/json", allow: "" };
const refusal = {
  type: "application/problem+json",
  text: `{"type":"urn:mimolo:problem:bad-request","title":"Bad request","status":400,"detail":"no","code":"bad-request"}`,
  allow: "",
};

test.each([
  ["as it should be", null, { ...json, status: 200, text: '{"kind":"one","inner":null}' }, null],
  ["a refusal as it should be", "x", { ...refusal, status: 400 }, null],
  ["a failure", null, { ...refusal, status: 500 }, "it failed"],
  ["what should have been refused", "x", { ...json, status: 200, text: "{}" }, "it was taken although"],
  ["an answer of another shape", null, { ...json, status: 200, text: '{"kind":"one"}' }, "not as the document has it"],
  ["half an answer", null, { ...json, status: 200, text: "{" }, "it is no JSON"],
  ["a status that nobody was told of", null, { ...json, status: 204, text: "" }, "204 is not in the document"],
  ["a refusal in plain text", "x", { ...refusal, status: 400, type: "text/plain" }, "knows no text/plain"],
  ["a refusal that says another status", "x", { ...refusal, status: 404 }, "speaks of another status"],
  ["a wrong method without the right ones", "x", { ...refusal, status: 405 }, "which methods"],
])("%s is told from what it is not", (_what, misfit, answer, fault) => {
  const found = faultOf(document, { ...thing, misfit }, answer);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toContain(fault);
});
