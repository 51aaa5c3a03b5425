import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import { fillTemplate } from "../../src/index.ts";

const moment = { event: "closed", data: { duration_s: 90, labels: ["a", "b"], nothing: null, "{{event}}": "no" } };

test("placeholders in a text become what stands at their path", () => {
  expect(fillTemplate("{{event}} after {{ data.duration_s }} s: {{data.labels.1}}", moment)).toBe(
    "closed after 90 s: b",
  );
  expect(fillTemplate("{{data.labels}} {{data.nothing}}|", moment)).toBe('["a","b"] |');
  expectTypeOf(fillTemplate("{{event}}", moment)).toEqualTypeOf<string>();
  expect(fillTemplate("{{data.duration_s}}", moment)).toBe("90");
});

test("in JSON every text is filled, and one that is a single placeholder keeps the type of its value", () => {
  const body = {
    took: "{{data.duration_s}}",
    text: "took {{data.duration_s}}",
    list: ["{{data.labels}}"],
    n: 1,
    no: null,
  };
  const filled = { took: 90, text: "took 90", list: [["a", "b"]], n: 1, no: null };
  expect(fillTemplate(body, moment)).toEqual(filled);
});

test("what is not there is an empty text, and is told", () => {
  const missing: string[] = [];
  const options = { missing: (path: string) => missing.push(path) };
  expect(fillTemplate("[{{data.x.y}}]{{constructor}}{{data.labels.length.z}}", moment, options)).toBe("[]");
  expect(fillTemplate({ a: "{{nowhere}}" }, moment, options)).toEqual({ a: "" });
  expect(missing).toEqual(["data.x.y", "constructor", "data.labels.length.z", "nowhere"]);
});

test("values are put in by the given encoding, and only they", () => {
  const url = "https://example.org/?q={{q}}&x=a b";
  expect(fillTemplate(url, { q: "a&b c" }, { encode: encodeURIComponent })).toBe(
    "https://example.org/?q=a%26b%20c&x=a b",
  );
});

test("one pass: whatever a value contains, it is never taken for a template", () => {
  const value = fc.oneof(fc.string(), fc.constantFrom("{{secret}}", "{{", "}}", "$&", "{{{a}}}"));
  fc.assert(
    fc.property(value, value, (a, b) => {
      const values = { a, b, secret: "told" };
      expect(fillTemplate("{{a}}{{b}}", values)).toBe(a + b);
      expect(fillTemplate({ x: ["{{a}}", "-{{b}}"] }, values)).toEqual({ x: [a, `-${b}`] });
    }),
    { numRuns: 200 },
  );
});

test("what a context has from elsewhere, such as settings, cannot be reached", () => {
  const context = Object.assign(Object.create({ config: { token: "t" } }) as object, { event: "e" });
  expect(fillTemplate("{{event}}{{config.token}}{{__proto__}}", context)).toBe("e");
});

test("spaces around a path count for nothing; many of them that lead nowhere take no time", () => {
  expect(fillTemplate(["{{  event\n}}", "-{{ event }}-"], { event: "closed" })).toEqual(["closed", "-closed-"]);
  for (const endless of [`{{${" ".repeat(500_000)}`, "{{a".repeat(200_000), "{{ ".repeat(200_000)]) {
    // By an expression that tries every way, this takes longer than anybody waits.
    expect(fillTemplate([endless], {})).toEqual([endless]);
    expect(fillTemplate(endless, {})).toBe(endless);
  }
});
