import type { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const LONGEST_QUOTE = 64;
const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/** What is wrong with a value, to follow its name: "must be text". */
export const sentenceOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code !== "unrecognized_keys") return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return Array.isArray(issue.input) && issue.expected !== "object" && issue.expected !== "record"
        ? `must be ${kindOf(issue.expected)}, given once`
        : `must be ${kindOf(issue.expected)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}${quoted(issue.input)}`;
    case "too_small":
      return bounded(issue, `at least ${issue.minimum}`, Number(issue.minimum));
    case "too_big":
      return bounded(issue, `at most ${issue.maximum}`, Number(issue.maximum));
    case "unrecognized_keys":
      return issue.keys.map((key) => `"${key.slice(0, LONGEST_QUOTE)}" is nothing that is known here`).join("; ");
    case "invalid_union":
      return "has none of the forms it can have";
    default:
      return "does not look as it must";
  }
};

function kindOf(expected: string): string {
  return kinds[expected] ?? expected;
}

function bounded({ origin }: Extract<Issue, { origin: string }>, bound: string, count: number): string {
  if (origin === "string") return `must have ${bound} character${count === 1 ? "" : "s"}`;
  if (origin === "array") return `must have ${bound} entr${count === 1 ? "y" : "ies"}`;
  return `must be ${bound}`;
}

function quoted(input: unknown): string {
  return typeof input === "string" ? `, not "${input.slice(0, LONGEST_QUOTE)}"` : "";
}
