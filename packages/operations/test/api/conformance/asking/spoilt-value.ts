// A body with one thing in it that is of another kind, missing, or too much.
import fc from "fast-check";

type Way = readonly (string | number)[];

/** Put together once: that takes longer than to choose from it. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, -0, 2 ** 53, "", "x", [], {}, [[]], { a: { b: null } }),
  fc.constantFrom(
    "x".repeat(129),
    "x".repeat(10_000),
    "\0",
    "\ud800",
    "\u202e",
    "🦊".repeat(100),
    "2026-13-45T99:99:99Z",
  ),
  fc.constantFrom(70, 500).map(nested),
  fc.jsonValue({ maxDepth: 1, stringUnit: "binary" }),
);

/** The same value with one place of it changed. */
export function spoiltValue(value: unknown): fc.Arbitrary<unknown> {
  const ways = waysInto(value);
  const objects = ways.filter((way) => isObject(at(value, way)));
  const changes: fc.Arbitrary<unknown>[] = [
    fc.tuple(fc.constantFrom(...ways), junk).map(([way, other]) => changed(value, way, () => other)),
  ];
  if (objects.length > 0) {
    const strangers = fc.constantFrom(
      "stranger",
      "",
      "constructor",
      "toString",
      "x".repeat(200),
      "ключ",
      "a.b",
      "$ref",
    );
    changes.push(
      fc
        .tuple(fc.constantFrom(...objects), strangers, junk)
        .map(([way, name, other]) => changed(value, way, (here) => ({ ...(here as object), [name]: other }))),
    );
  }
  const members = ways.filter((way) => typeof way.at(-1) === "string");
  if (members.length > 0) changes.push(fc.constantFrom(...members).map((way) => without(value, way)));
  return fc.oneof(...changes);
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function waysInto(value: unknown, here: Way = []): Way[] {
  if (typeof value !== "object" || value === null || here.length > 4) return [here];
  const names = Array.isArray(value) ? value.map((_each, index) => index) : Object.keys(value);
  return [here, ...names.flatMap((name) => waysInto((value as Record<string, unknown>)[name], [...here, name]))];
}

function at(value: unknown, way: Way): unknown {
  return way.reduce<unknown>((here, name) => (here as Record<string, unknown>)[name], value);
}

function changed(value: unknown, way: Way, change: (here: unknown) => unknown): unknown {
  const [name, ...rest] = way;
  if (name === undefined) return change(value);
  const inner = changed((value as Record<string, unknown>)[name], rest, change);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (index === name ? inner : each));
  return { ...(value as object), [name]: inner };
}

function without(value: unknown, way: Way): unknown {
  const name = way.at(-1) as string;
  return changed(value, way.slice(0, -1), (here) =>
    Object.fromEntries(Object.entries(here as object).filter(([key]) => key !== name)),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
