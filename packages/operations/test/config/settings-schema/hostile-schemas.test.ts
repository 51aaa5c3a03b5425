import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findingsOf } from "../../../src/config/settings-schema/findings.ts";
import { plainSchema } from "../../../src/config/settings-schema/plain-schema.ts";

/** What a schema's author could have noticed. */
declare global {
  var touched: boolean | undefined;
}

function judged(schema: unknown, settings: Record<string, unknown> = {}) {
  const began = performance.now();
  const { ok, ...more } = findingsOf(schema as object, settings);
  expect(performance.now() - began).toBeLessThan(4_000);
  return ok ? "used" : "fault" in more ? more.fault : "";
}

test("a schema that multiplies by its references is not followed", () => {
  const doubling = (turn: number) => ({
    anyOf: [{ $ref: `#/definitions/${turn}` }, { $ref: `#/definitions/${turn}` }],
  });
  const definitions = Object.fromEntries(Array.from({ length: 12 }, (_, turn) => [turn, doubling(turn + 1)]));
  expect(judged({ definitions: { ...definitions, 12: false }, $ref: "#/definitions/0" })).toContain(
    "more than 2000 parts",
  );
  expect(judged({ allOf: [{ $ref: "#" }, { $ref: "#" }, { $ref: "#" }] })).toContain("more than 2000 parts");
});

test("one that leads round and round, or down for ever, ends", () => {
  expect(judged({ $ref: "#" })).toBe("used");
  const round: Record<string, unknown> = {};
  round["not"] = round;
  expect(judged(round)).toContain("nested too deep");
  let deep: Record<string, unknown> = {};
  for (let turn = 0; turn < 10_000; turn += 1) deep = { not: deep };
  expect(judged(deep)).toContain("nested too deep");
});

test("one that describes a tree is checked a few levels down", () => {
  const schema = { type: "object", properties: { folders: { items: { $ref: "#" } }, size: { type: "integer" } } };
  const tree = (value: unknown) => ({ folders: [{ folders: [{ size: value }] }] });
  expect(findingsOf(schema, tree(1))).toMatchObject({ ok: true, findings: [] });
  expect(findingsOf(schema, tree("1"))).toMatchObject({ ok: true, findings: [{ keyword: "type" }] });
});

test("regular expressions take time linear in what they read, or are refused", () => {
  const long = `${"a".repeat(20_000)}b`;
  const of = (pattern: string) =>
    judged({ properties: { a: { pattern } }, patternProperties: { [pattern]: {} } }, { a: long });
  expect(of("^(a+)+$")).toBe("used");
  expect(of("^(a|a?)+$")).toBe("used");
  expect(of("((a{100}){100}){100}")).toContain("cannot be used");
  expect(of("(?=a)b")).toContain("cannot be used");
  expect(of("a".repeat(2_000))).toContain("pattern");
});

test("a comparison that takes too long is ended", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => ({ index }));
  expect(judged({ properties: { many: { uniqueItems: true } } }, { many })).toBe("takes longer than 0.2 s");
});

test("what takes its time takes it once for the same settings", () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ index }));
  const schema = { properties: { few: { uniqueItems: true } } };
  const first = findingsOf(schema, { few: many });
  const again = findingsOf(structuredClone(schema), structuredClone({ few: many }));
  expect(first.ok && again.ok && first.findings === again.findings).toBe(true);
  expect(findingsOf(schema, { few: [1, 1] })).toMatchObject({ ok: true, findings: [{ keyword: "uniqueItems" }] });
});

test("nothing in it is run, fetched or set", () => {
  const code = "globalThis.touched=true";
  const escapes = [
    `"];${code};//`,
    `'];${code};//`,
    `\`+\${${code}}+\``,
    `*/${code};/*`,
    `\n${code}\n`,
    `\u2028${code}`,
  ];
  for (const text of escapes) {
    judged(
      {
        $async: true,
        $id: text,
        $comment: text,
        title: text,
        default: text,
        format: text,
        properties: { [text]: { const: text, pattern: text.replaceAll(/[()[\]*+?{}]/g, "x") } },
        patternProperties: { [text.replaceAll(/[()[\]*+?{}]/g, "x")]: { enum: [text] } },
        required: [text],
        dependencies: { [text]: [text] },
      },
      { [text]: 1 },
    );
  }
  judged(JSON.parse('{"properties":{"__proto__":{"default":1}},"additionalProperties":{"$ref":"#/__proto__"}}'), {
    a: 1,
  });
  judged(
    { properties: { constructor: { properties: { prototype: { const: 1 } } } }, required: ["toString"] },
    { a: 1 },
  );
  judged({ $ref: "#/constructor/prototype" });
  expect(globalThis.touched).toBeUndefined();
  expect(({} as Record<string, unknown>)["default"]).toBeUndefined();
});

const keyword = fc.constantFrom(
  ..."type enum const properties required additionalProperties items prefixItems anyOf not if then $ref pattern minimum multipleOf uniqueItems dependencies".split(
    " ",
  ),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>("string", "object", "#", "#/properties/a", true, null, 1, -1, 0.5, "a", "(", "[a-z]+$"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(keyword, fc.constantFrom("a", "b", "__proto__", "constructor")), tie("any"), { maxKeys: 4 }),
  ),
})).any;

/** What a value is compared with is no schema, whatever it looks like. */
const withoutValues = (key: string, inner: unknown) => (key === "const" || key === "enum" ? undefined : inner);

test("whatever stands in a schema, it is used or refused in words", () => {
  const schema = fc.dictionary(keyword, value, { maxKeys: 6 });
  fc.assert(
    fc.property(schema, fc.dictionary(fc.constantFrom("a", "b", "c"), fc.jsonValue()), (written, settings) => {
      const plain = plainSchema(written);
      const found = findingsOf(written, settings);
      if (plain.ok) expect(JSON.stringify(plain.schema, withoutValues)).not.toContain('"$ref"');
      else expect(found).toEqual({ ok: false, fault: plain.fault });
      if (!found.ok) expect(found.fault).not.toContain("takes longer");
    }),
    { numRuns: 300 },
  );
});
