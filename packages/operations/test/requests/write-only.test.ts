import { expect, test } from "vitest";
import { HIDDEN, withoutSecrets } from "../../src/requests/write-only.ts";

const schema = {
  type: "object",
  properties: {
    bearer: { type: "string", writeOnly: true },
    headers: { type: "object", additionalProperties: { type: "string", writeOnly: true } },
    accounts: { type: "array", items: { properties: { password: { writeOnly: true } } } },
  },
};

test("what a schema calls writeOnly is told to nobody, references and all else are", () => {
  const settings = {
    bearer: "tell-nobody",
    headers: { "x-key": "nor-this", other: { env: "TOKEN" } },
    accounts: [{ name: "me", password: "nor-that" }],
    retries: 3,
    ["__proto__x"]: { deep: [1] },
  };
  expect(withoutSecrets(settings, schema)).toEqual({
    bearer: HIDDEN,
    headers: { "x-key": HIDDEN, other: { env: "TOKEN" } },
    accounts: [{ name: "me", password: HIDDEN }],
    retries: 3,
    ["__proto__x"]: { deep: [1] },
  });
  expect(withoutSecrets({ bearer: { env: "TOKEN" } }, schema)).toEqual({ bearer: { env: "TOKEN" } });
});

test.each([undefined, null, true, 7, [], { properties: 1 }, { properties: { bearer: 1 } }])(
  "a schema that is none hides nothing and breaks nothing: %j",
  (none) => {
    expect(withoutSecrets({ bearer: "plain", deep: { a: [null] } }, none)).toEqual({
      bearer: "plain",
      deep: { a: [null] },
    });
  },
);
