// What a field of a JSON line may be, and how that is called.

/** `fits` says whether a value is one; a field that may be missing is given as undefined. */
export interface Kind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown) => typeof value === "string";
const isWhole = (value: unknown) => Number.isSafeInteger(value);
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const text: Kind = { expected: "a text", fits: isText };
export const base64: Kind = {
  expected: "Base64",
  fits: (value) => typeof value === "string" && /^[A-Za-z\d+/]*={0,2}$/.test(value),
};
export const amount: Kind = {
  expected: "a number from 0 on",
  fits: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};
export const whole: Kind = { expected: "a whole number", fits: isWhole };
export const texts = listOf(text);

export function oneOf(...words: readonly string[]): Kind {
  const last = words.at(-1);
  const shown = words.slice(0, -1).map((word) => `"${word}"`);
  return {
    expected: `${shown.join(", ")} or "${last}"`,
    fits: (value) => words.some((word) => word === value),
  };
}

export function wholeUpTo(most: number): Kind {
  return {
    expected: `a whole number from 0 to ${most}`,
    fits: (value) => isWhole(value) && Number(value) >= 0 && Number(value) <= most,
  };
}

export function listOf({ expected, fits }: Kind): Kind {
  const several = expected.replace(/^an? (\w+)/, "$1s");
  return { expected: `a list of ${several}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

export function orNull({ expected, fits }: Kind): Kind {
  return { expected: `${expected} or null`, fits: (value) => value === null || fits(value) };
}

export function optional({ expected, fits }: Kind): Kind {
  return { expected, fits: (value) => value === undefined || fits(value) };
}
