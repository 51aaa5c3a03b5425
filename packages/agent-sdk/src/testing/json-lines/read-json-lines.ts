// Files with a JSON object on each line, which anybody may have written or mended by hand.
import { isObject, type Kind } from "./kinds.ts";

/** Deeper than anything that is written there; what was said itself is a text. */
const MOST_LEVELS = 32;
const MOST_SHOWN = 60;

export type Fields = Readonly<Record<string, unknown>>;

/** A line that is not what it should be; the message begins with its number and, where one is wrong, the field. */
export class MalformedLine extends Error {
  override readonly name = "MalformedLine";
}

export class JsonLine {
  readonly fields: Fields;
  readonly #number: number;

  constructor(fields: Fields, number: number) {
    this.fields = fields;
    this.#number = number;
  }

  /** Throws `MalformedLine` for a field that is not of its kind. */
  must(field: string, { expected, fits }: Kind): void {
    const value = Object.hasOwn(this.fields, field) ? this.fields[field] : undefined;
    if (!fits(value)) {
      throw new MalformedLine(`line ${this.#number}, ${field}: expected ${expected}, found ${shown(value)}`);
    }
  }
}

/** Every line that is not empty; throws `MalformedLine` for one that is no JSON object. */
export function readJsonLines(text: string): JsonLine[] {
  return text
    .split("\n")
    .flatMap((line, index) => (line.trim() === "" ? [] : new JsonLine(objectIn(line, index + 1), index + 1)));
}

function objectIn(line: string, number: number): Fields {
  const refuse = (expected: string) => new MalformedLine(`line ${number}: expected ${expected}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refuse(`a JSON object, found '${short(line)}'`);
  }
  if (isDeeper(value, MOST_LEVELS)) throw refuse(`objects and lists at most ${MOST_LEVELS} deep`);
  if (!isObject(value)) throw refuse(`a JSON object, found ${shown(value)}`);
  return value;
}

/** Stops at the limit, so that no depth costs more stack than that. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return short(JSON.stringify(value));
}

function short(value: string): string {
  const plain = value.replaceAll(/\p{Cc}/gu, "\uFFFD");
  return plain.length <= MOST_SHOWN ? plain : `${plain.slice(0, MOST_SHOWN)}…`;
}
