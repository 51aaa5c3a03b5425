import fc from "fast-check";
import { expect, test } from "vitest";
import { changeOf, refusedField } from "../../src/page/schema-form/change-of.ts";
import { type Draft, draftOf } from "../../src/page/schema-form/entered.ts";
import type { SaidValue } from "../../src/page/schema-form/field.ts";
import { fieldsOf } from "../../src/page/schema-form/fields-of.ts";

const said = (key: string, value: unknown): SaidValue => ({ key, value, source: "user", from: "mimolo.toml" });

const SCHEMA = {
  required: ["suffix"],
  properties: {
    suffix: { type: "string", minLength: 1, maxLength: 8 },
    limit: { type: "integer", minimum: 0, maximum: 10 },
    ratio: { type: "number", exclusiveMinimum: 0 },
    way: { enum: ["all", "safe"] },
    dirs: { type: "array", items: { type: "string" }, maxItems: 2 },
    loud: { type: "boolean" },
    proxy: { properties: { host: { type: "string" }, port: { type: "integer" } } },
    extra: { type: "object" },
  },
};
const VALUES = [said("suffix", ".md"), said("limit", 3), said("dirs", ["a"]), said("extra.x", 1), said("extra.y", 2)];
const fields = fieldsOf(SCHEMA, VALUES);

function changed(draft: Draft) {
  return changeOf(fields, { ...draftOf(fields), ...draft });
}

test("a form that nobody touched changes nothing", () => {
  expect(changed({})).toEqual({ values: {}, changed: [], faults: {} });
});

test("only what is different is sent, as what it is", () => {
  const { values, faults } = changed({
    suffix: ".txt",
    limit: "4",
    ratio: "0,5",
    way: '"safe"',
    dirs: " b \n\nc",
    loud: true,
    "proxy.port": "80",
  });
  expect(faults).toEqual({});
  expect(JSON.parse(JSON.stringify(values))).toEqual({
    suffix: ".txt",
    limit: 4,
    ratio: 0.5,
    way: "safe",
    dirs: ["b", "c"],
    loud: true,
    proxy: { port: 80 },
  });
});

test("what is emptied or taken back is null", () => {
  expect(JSON.parse(JSON.stringify(changed({ limit: "", dirs: null }).values))).toEqual({ limit: null, dirs: null });
});

test("what leaves a table is said, since tables are merged where they arrive", () => {
  const { values } = changed({ extra: '{"x":1,"z":3}' });
  expect(JSON.parse(JSON.stringify(values))).toEqual({ extra: { y: null, z: 3 } });
});

test.each([
  ["suffix", "", "At least 1 character."],
  ["suffix", "123456789", "At most 8 characters; these are 9."],
  ["limit", "1.5", "This must be a whole number."],
  ["limit", "eleven", "This must be a number."],
  ["limit", "11", "Not more than 10."],
  ["limit", "-1", "Not less than 0."],
  ["limit", "1e999", "This must be a number."],
  ["ratio", "0", "More than 0."],
  ["way", '"none"', "Choose one of those offered."],
  ["dirs", "a\nb\nc", "At most 2 lines; these are 3."],
  ["extra", "{x}", 'This must be JSON: texts in "quotes", lists in [ ], tables in { }.'],
])("%s cannot be %j", (key, entered, why) => {
  expect(changed({ [key]: entered }).faults).toEqual({ [key]: why });
});

test("whatever is entered is a value or a sentence, and nothing is polluted", () => {
  const key = fc.constantFrom(...fields.map((field) => field.key));
  const entered = fc.oneof(fc.string({ maxLength: 40 }), fc.json(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.dictionary(key, entered), (draft) => {
      const change = changed(draft);
      for (const why of Object.values(change.faults)) expect(why).toMatch(/\.$|\}\.$/);
      JSON.stringify(change.values);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("a refusal finds its field", () => {
  expect(refusedField('"limit" in [plugins.notes] must be a whole number from 0; found the text "many"', fields)).toBe(
    "limit",
  );
  expect(refusedField('unknown key "b" in "extra" of [plugins.notes]', fields)).toBeNull();
  expect(refusedField('"dirs[0]" in [plugins.notes] must be text', fields)).toBe("dirs");
  expect(refusedField("it did not come up", fields)).toBeNull();
});
