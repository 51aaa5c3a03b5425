// Reading of values whose every field is known: what is missing, unknown or of another kind is named by its path.

/** Why a value is refused, and where in it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** An object with exactly the `required` and any of the `optional` names. */
export function objectOf(
  value: unknown,
  path: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const found = recordOf(value, path);
  for (const name of Object.keys(found)) {
    if (!required.includes(name) && !optional.includes(name))
      throw new Refused(below(path, name), "is a field nobody knows");
  }
  for (const name of required) {
    if (!Object.hasOwn(found, name)) throw new Refused(below(path, name), "is missing");
  }
  return found;
}

/** Any object. */
export function recordOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refused(path, "is no object");
  return value as Record<string, unknown>;
}

/** Reads each element of a list. */
export function listOf<T>(value: unknown, path: string, read: (element: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) throw new Refused(path, "is no list");
  return value.map((element, at) => read(element, `${path}[${at}]`));
}

/** A text for which `holds`, which is what `wanted` says. */
export function textOf(value: unknown, path: string, wanted: string, holds: (text: string) => boolean): string {
  if (typeof value !== "string" || !holds(value)) throw new Refused(path, `is not ${wanted}`);
  return value;
}

/** One of the words. */
export function oneOf<T extends string>(value: unknown, path: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Refused(path, `is none of ${words.join(", ")}`);
  return found;
}

/** No two that are equal by `nameOf`. */
export function distinct<T>(values: readonly T[], path: string, nameOf: (value: T) => string, what: string): void {
  const seen = new Set<string>();
  for (const [at, value] of values.entries()) {
    const name = nameOf(value);
    if (seen.has(name)) throw new Refused(`${path}[${at}]`, `repeats ${what}`);
    seen.add(name);
  }
}

export function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
