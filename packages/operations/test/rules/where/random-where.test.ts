import fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "../../../src/rules/where/evaluate.ts";
import { parseWhere } from "../../../src/rules/where/parse.ts";

/** A condition as it is written, and what it has to come to: told by a function that knows nothing of the parser. */
interface Case {
  readonly text: string;
  readonly truth: (data: Data) => boolean;
}

interface Operand {
  readonly text: string;
  /** In a list, as nothing is something else than `undefined`. */
  readonly value: (data: Data) => readonly unknown[];
}

type Data = Readonly<Record<string, unknown>>;

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, 1e3, -2.25),
  fc.constantFrom("", "a", "ab", "it's", '"', "\\", "1", "tab\there"),
  fc.boolean(),
  fc.constant(null),
);
const names = ["a", "b", "odd name", "x.y", "0", "not"];
const data: fc.Arbitrary<Data> = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), scalar, { maxKeys: 3 }),
  ),
);

const literal: fc.Arbitrary<Operand> = scalar.map((value) => ({ text: written(value), value: () => [value] }));
const path: fc.Arbitrary<Operand> = fc
  .tuple(fc.constantFrom(...names), fc.option(fc.constantFrom(...names, "1"), { nil: undefined }), fc.boolean())
  .map(([first, second, single]) => {
    const parts = [first, ...(second === undefined ? [] : [second])];
    const quoted = parts.map((part) => (/[ .]/.test(part) ? (single ? `'${part}'` : `"${part}"`) : part));
    return { text: `data.${quoted.join(".")}`, value: (all) => found(all, parts) };
  });

const condition = fc.letrec<{ one: Case; any: Case }>((tie) => ({
  one: fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.oneof(path, literal),
          fc.constantFrom("==", "!=", ">", ">=", "<", "<=", "contains"),
          fc.oneof(path, literal),
        )
        .map(comparison),
    },
    { weight: 1, arbitrary: path.map((of): Case => ({ text: of.text, truth: (all) => of.value(all)[0] === true })) },
    {
      weight: 1,
      arbitrary: path.map((of): Case => ({ text: `exists ${of.text}`, truth: (all) => of.value(all).length > 0 })),
    },
    {
      weight: 1,
      arbitrary: tie("one").map((of): Case => ({ text: `not ${of.text}`, truth: (all) => !of.truth(all) })),
    },
    { weight: 1, arbitrary: tie("any").map((of): Case => ({ text: `( ${of.text})`, truth: of.truth })) },
  ),
  // Written without brackets: `and` first, and each from the left.
  any: fc.array(fc.array(tie("one"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map(
    (all): Case => ({
      text: all.map((each) => each.map(({ text }) => text).join(" and ")).join("  or "),
      truth: (of) => all.some((each) => each.every(({ truth }) => truth(of))),
    }),
  ),
})).any;

test("whatever is written comes to what it says", () => {
  fc.assert(
    fc.property(condition, data, ({ text, truth }, all) => {
      const parsed = parseWhere(text);
      if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
      expect(holds(parsed.expression, (field) => (field === "data" ? all : undefined))).toBe(truth(all));
    }),
    { numRuns: 500 },
  );
});

test("whatever else is written is read or refused with a place inside it", () => {
  const piece = fc.constantFrom(
    "data",
    ".",
    "a",
    " ",
    "(",
    ")",
    "==",
    "=",
    "'",
    '"',
    "\\",
    "and",
    "not",
    "3",
    "-",
    "exists",
    "contains",
    "é",
    "😀",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
      (text) => {
        const parsed = parseWhere(text);
        if (!parsed.ok) expect(parsed.column).toBeLessThanOrEqual(text.length + 1);
      },
    ),
    { numRuns: 500 },
  );
});

function comparison([left, operator, right]: [Operand, string, Operand]): Case {
  const truth = (all: Data) => {
    const [one] = [...left.value(all), MISSING];
    const [other] = [...right.value(all), MISSING];
    return compared(one, operator, other);
  };
  return { text: `${left.text} ${operator} ${right.text}`, truth };
}

const MISSING = Symbol("missing");

function compared(one: unknown, operator: string, other: unknown): boolean {
  const isPlain = (value: unknown) => value === null || ["string", "number", "boolean"].includes(typeof value);
  const same = isPlain(one) && isPlain(other) && JSON.stringify(one) === JSON.stringify(other);
  if (operator === "==") return same;
  if (operator === "!=") return !same;
  if (operator === "contains") {
    if (Array.isArray(one))
      return isPlain(other) && one.map((each) => JSON.stringify(each)).includes(JSON.stringify(other));
    if (typeof other !== "string") return false;
    return typeof one === "string"
      ? one.split(other).length > 1 || other === ""
      : isDictionary(one) && Object.keys(one).includes(other);
  }
  if (typeof one !== typeof other || !["number", "string"].includes(typeof one)) return false;
  const order = typeof one === "number" ? Math.sign(one - Number(other)) : byUnits(String(one), String(other));
  return { ">": order > 0, ">=": order >= 0, "<": order < 0, "<=": order <= 0 }[operator] ?? false;
}

/** As JavaScript orders texts, told without its operators. */
function byUnits(one: string, other: string): number {
  const at = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).find(
    (index) => one.charCodeAt(index) !== other.charCodeAt(index),
  );
  if (at === undefined) return 0;
  // What is over comes before whatever goes on.
  return (at < one.length ? one.charCodeAt(at) : -1) - (at < other.length ? other.charCodeAt(at) : -1);
}

function isDictionary(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function found(all: Data, parts: readonly string[]): readonly unknown[] {
  const inside = (value: unknown) => (typeof value === "object" && value !== null ? Object.entries(value) : []);
  return parts.reduce<readonly unknown[]>(
    (at, part) =>
      at.flatMap((value) => inside(value).flatMap(([key, inner]): unknown[] => (key === part ? [inner] : []))),
    [all],
  );
}

function written(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\t", "\\t");
  return value.includes("'") ? `"${escaped.replaceAll('"', '\\"')}"` : `'${escaped}'`;
}
