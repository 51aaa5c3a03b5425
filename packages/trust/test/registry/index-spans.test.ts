import fc from "fast-check";
import { expect, test } from "vitest";
import { indexSpans, lineAt } from "../../src/registry/index-spans.ts";

test("each element of the list is found where it stands, whatever is in it and around it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
      fc.constantFrom(undefined, 1, "\t"),
      fc.boolean(),
      (plugins, more, indent, isLast) => {
        const { plugins: _, ...others } = more;
        const text = JSON.stringify(isLast ? { ...others, plugins } : { plugins, ...others }, null, indent);
        const { spans, tooDeepAt } = indexSpans(text, 64);
        expect(tooDeepAt).toBeNull();
        expect(spans.map(([start, end]) => JSON.parse(text.slice(start, end)) as unknown)).toEqual(
          plugins.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test("only the list of that name at the top is it", () => {
  const text = '{"a":{"plugins":[1,2]},"b":["plugins",[3]],"plugins":[4,[5],{"plugins":[6]}],"c":[7]}';
  const { spans } = indexSpans(text, 64);
  expect(spans.map(([start, end]) => text.slice(start, end))).toEqual(["4", "[5]", '{"plugins":[6]}']);
  expect(indexSpans('["plugins",[1]]', 64).spans).toEqual([]);
});

test("a key that stands twice is told by the element it is in, however it is written", () => {
  const doubledIn = (text: string) => {
    const { doubled, outside } = indexSpans(text, 64);
    return [[...doubled].map(([at, { key }]) => `${at} ${key}`), outside?.key ?? null];
  };
  expect(doubledIn('{"plugins":[{"a":1,"b":{"a":2}},{"a":1,"\\u0061":2},{"x":[{"y":1,"y":1}]}]}')).toEqual([
    ["1 a", "2 y"],
    null,
  ]);
  expect(doubledIn('{"plugins":[{"__proto__":1}],"x":{"z":"z","q":["z","z"]}}')).toEqual([["0 __proto__"], null]);
  expect(doubledIn('{"x":{"z":1,"z":2},"plugins":[]}')).toEqual([[], "z"]);
  expect(doubledIn('{"plugins":[],"plugins":[1]}')).toEqual([[], "plugins"]);
});

test("depth is counted, not walked", () => {
  const deep = (depth: number) => `{"plugins":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
  expect(indexSpans(deep(64), 64).tooDeepAt).toBeNull();
  expect(indexSpans(deep(65), 64).tooDeepAt).toBe(74);
});

test("lines count from one", () => {
  expect([0, 1, 2, 3].map((place) => lineAt("a\n\nb", place))).toEqual([1, 1, 2, 3]);
});
