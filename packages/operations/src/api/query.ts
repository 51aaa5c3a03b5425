import { ProblemError } from "./problem.ts";

type Query = Readonly<Record<string, unknown>>;

/** A text parameter, or `undefined` when absent. Given twice is an error. */
export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === "string") return value;
  throw new ProblemError("invalid-parameter", `${name} may be given once`);
}

/** The same of a body's member that has to be there. */
export function timeIn(body: Query, name: string): number {
  const atMs = typeof body[name] === "string" ? timeOf(body, name) : undefined;
  if (atMs !== undefined) return atMs;
  throw new ProblemError("invalid-parameter", `${name} is missing or no text`, `{"${name}":"2026-11-21T09:00:00Z"}`);
}

/** An ISO-8601 time with zone as milliseconds since the epoch. */
export function timeOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const atMs = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new ProblemError(
    "invalid-parameter",
    `${name} is no time: "${text}"`,
    "use ISO-8601 with zone, e.g. 2026-11-21T09:00:00Z",
  );
}

/** A whole number within `[min, max]`. */
export function numberOf(query: Query, name: string, range: { min: number; max: number; fallback: number }): number {
  const text = textOf(query, name);
  if (text === undefined) return range.fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value;
  throw new ProblemError(
    "invalid-parameter",
    `${name} must be a whole number from ${range.min} to ${range.max}, not "${text}"`,
  );
}

/** One of the words, or `undefined` when absent. */
export function wordOf<Word extends string>(query: Query, name: string, words: readonly Word[]): Word | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const word = words.find((each) => each === text);
  if (word !== undefined) return word;
  throw new ProblemError("invalid-parameter", `${name} must be one of ${words.join(", ")}, not "${text}"`);
}
