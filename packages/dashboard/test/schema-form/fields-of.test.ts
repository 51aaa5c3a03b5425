import { expect, test } from "vitest";
import { fieldsOf } from "../../src/page/schema-form/fields-of.ts";
import type { SaidValue } from "../../src/page/schema-form/field.ts";

const said = (key: string, value: unknown, source: SaidValue["source"] = "user"): SaidValue => ({
  key,
  value,
  source,
  from: "mimolo.toml",
  line: 7,
});

const SCHEMA = {
  type: "object",
  required: ["suffix"],
  properties: {
    suffix: { type: "string", maxLength: 8, description: "What names end in." },
    limit: { type: "integer", minimum: 0, maximum: 10 },
    way: { enum: ["all", "safe"] },
    dirs: { type: "array", items: { type: "string" } },
    proxy: { type: "object", properties: { host: { type: "string" }, port: { type: "integer" } } },
    times: { type: "array", items: { type: "object" } },
    ratio: { anyOf: [{ type: "number" }, { const: "auto" }] },
  },
};

test("a schema becomes fields in its order, tables with their keys", () => {
  const fields = fieldsOf(SCHEMA, [said("suffix", ".md"), said("proxy.port", 8080)]);
  expect(fields.map(({ key, kind }) => [key, kind.is])).toEqual([
    ["suffix", "text"],
    ["limit", "number"],
    ["way", "choice"],
    ["dirs", "lines"],
    ["proxy.host", "text"],
    ["proxy.port", "number"],
    ["times", "json"],
    ["ratio", "json"],
  ]);
  expect(fields[0]).toMatchObject({
    title: "Suffix",
    description: "What names end in.",
    value: ".md",
    isRequired: true,
  });
  expect(fields[0]?.said).toEqual([said("suffix", ".md")]);
  expect(fields[5]).toMatchObject({ title: "Proxy · Port", value: 8080 });
});

test("without a schema what is set tells what it is", () => {
  const fields = fieldsOf(undefined, [
    said("watch_dirs", ["."]),
    said("coalesce_window_s", 1),
    said("loud", true),
    said("name", "x"),
    said("nothing", null),
  ]);
  expect(fields.map(({ title, kind }) => [title, kind.is])).toEqual([
    ["Watch dirs", "lines"],
    ["Coalesce window (s)", "number"],
    ["Loud", "switch"],
    ["Name", "text"],
    ["Nothing", "json"],
  ]);
});

test("a secret is a reference, wherever it stands", () => {
  const headers = { type: "object", additionalProperties: { type: "string", writeOnly: true } };
  const fields = fieldsOf({ properties: { headers, bearer: { type: "string", writeOnly: true } } }, [
    said("headers.accept", "text/plain"),
    said('headers."x-key"', { env: "KEY" }),
    said("bearer", { file: "token" }),
  ]);
  expect(fields.map(({ key, kind }) => [key, kind.is])).toEqual([
    ["headers", "reference"],
    ["bearer", "reference"],
  ]);
  expect({ ...(fields[0]?.value as object) }).toEqual({ accept: "text/plain", "x-key": { env: "KEY" } });
});

test("a setting in which agents differ says so for each of them", () => {
  const one = { ...said("suffix", ".md"), label: "one" };
  const other = { ...said("suffix", ".txt"), label: "other" };
  expect(fieldsOf(SCHEMA, [one, other])[0]?.said).toEqual([one, other]);
});

test("names that mean something to JavaScript are names", () => {
  const fields = fieldsOf({ properties: { constructor: { type: "string" } } }, [
    said("__proto__.polluted", true),
    said("table.__proto__.polluted", true),
  ]);
  expect(fields.map(({ key }) => key)).toEqual(["constructor", "__proto__.polluted", "table.__proto__.polluted"]);
  const whole = fieldsOf({ properties: { table: { type: "object" } } }, [said("table.__proto__.polluted", true)]);
  expect(JSON.stringify(whole[0]?.value)).toBe('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("keys that are told elsewhere have no field", () => {
  const fields = fieldsOf(
    { properties: { enabled: { type: "boolean" }, own: { type: "string" } } },
    [said("args", [])],
    new Set(["enabled", "args"]),
  );
  expect(fields.map(({ key }) => key)).toEqual(["own"]);
});

test("a schema without end has an end", () => {
  const properties = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, { type: "string" }]));
  expect(fieldsOf({ properties }, [])).toHaveLength(200);
  const deep: Record<string, unknown> = {};
  deep["properties"] = { inner: deep };
  expect(fieldsOf(deep, []).map(({ key }) => key)).toEqual(["inner.inner.inner.inner"]);
});
