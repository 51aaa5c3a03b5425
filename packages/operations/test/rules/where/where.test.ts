import { expect, test } from "vitest";
import { holds, type Lookup } from "../../../src/rules/where/evaluate.ts";
import { fieldsText } from "../../../src/rules/where/explain.ts";
import { parseWhere } from "../../../src/rules/where/parse.ts";

const fields: Readonly<Record<string, unknown>> = {
  source: "summary",
  agent: "mail",
  data: {
    count: 4,
    text: "4",
    name: 'the "inbox"',
    done: true,
    nothing: null,
    items: [{ name: "first" }, { name: "second" }],
    tags: ["red", 3],
    "odd key": { "with.dot": 1 },
    not: 7,
  },
};
const lookup: Lookup = (field) => fields[field];

function expressionOf(where: string) {
  const parsed = parseWhere(where);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.expression;
}

test.each([
  "data.count > 3",
  "data.count>=4 and data.count<=4",
  "3 < data.count",
  "data.count == 4.0",
  "data.count != '4'",
  "data.text == '4'",
  `data.name == "the \\"inbox\\""`,
  `data.name contains 'inbox'`,
  "data.items.1.name == 'second'",
  `data."odd key"."with.dot" == 1`,
  `data.'odd key' contains "with.dot"`,
  "data.tags contains 3",
  "data.tags contains 'red'",
  "data.done",
  "data.nothing == null",
  "exists data.nothing",
  "not exists data.missing",
  "data.missing != 1",
  "not data.missing > 1",
  "not (data.count > 3 and data.count < 4)",
  "data.count > 9 or agent == 'mail' and source == \"summary\"",
  "not data.count > 9 and data.done",
  "data.not == 7",
  "data.name > 'th' and data.name < 'ti'",
  "data.count > -1.5e1",
])("it holds: %s", (where) => {
  expect(holds(expressionOf(where), lookup)).toBe(true);
});

test.each([
  "data.count > '3'",
  "data.text > 3",
  "data.count == '4'",
  "data.missing == null",
  "data.missing < 5",
  "data.missing.deeper == 1",
  "data.items == data.items",
  "data.items.length == 2",
  "data.items.-1.name == 'second'",
  "data.constructor == data.constructor",
  "exists data.__proto__",
  "data.name",
  "data.nothing contains 'x'",
  "metrics.queue > 1",
  "not data.done",
  "agent == 'mail' and not source == 'summary' or data.count < 0",
])("it does not hold: %s", (where) => {
  expect(holds(expressionOf(where), lookup)).toBe(false);
});

test.each([
  ["data.count >", 13, "a field or a value is missing before the end", "for instance data.count > 3"],
  ["data.count = 3", 12, '"=" is no comparison here', "write =="],
  ["data.count > 3 && data.done", 16, '"&&" is no comparison here', "write and"],
  ["data.count > 3 AND data.done", 16, '"AND" stands after a whole condition', "join conditions by and, or"],
  ["dta.count > 3", 1, 'there is no field "dta"', "write data.count"],
  ["(data.done", 1, "a bracket is not closed", "close it with )"],
  ["data.done)", 10, '")" stands after a whole condition', "it closes nothing that was opened"],
  ["data.name == 'x", 14, "a text has no end", "close it with '"],
  ["data.name == 'a\\d'", 16, "a lone backslash in a text", "write two for one"],
  ["data. == 1", 6, "a name is missing after the dot", "put odd names in quotes"],
  ["data.count > 3x", 14, '"3x" is no number', "put texts in quotes"],
  ["3", 1, '"3" is compared with nothing', "for instance data.count > 3"],
  ["exists 3", 8, "exists wants a field", "for instance data.count"],
  ["data.count % 2 == 0", 12, '"%" is nothing that is known here', undefined],
  ["", 1, "a field or a value is missing before the end", "for instance data.count > 3"],
])("a fault is named with its place: %s", (where, column, message, hint) => {
  expect(parseWhere(where)).toEqual({ ok: false, column, message, hint });
});

test("a field that is none of the happening's is looked for in its data", () => {
  expect(parseWhere("count > 3")).toMatchObject({ ok: false, hint: expect.stringContaining("data.count") as string });
});

test("brackets as deep as a rule may be long harm nothing", () => {
  const deep = `${"(".repeat(490)}data.done${")".repeat(490)}`;
  expect(holds(expressionOf(deep), lookup)).toBe(true);
  expect(holds(expressionOf(`${"not ".repeat(240)}data.done`), lookup)).toBe(true);
});

test("the fields it looked at are told, each once", () => {
  const told = fieldsText(
    expressionOf("data.count > 3 and data.count < 9 or exists data.items and data.missing"),
    lookup,
  );
  expect(told).toBe("data.count is 4, data.items is a list of 2, data.missing is missing");
});
