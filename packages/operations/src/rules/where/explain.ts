// Why `where` of a rule holds or does not, for people.
import { valueAt, type Lookup } from "./evaluate.ts";
import { type Expression, type Operand, type Path, pathText } from "./expression.ts";

const MOST_FIELDS = 4;
const MOST_CHARACTERS = 60;

/** What the fields it names are: `data.count is 2, data.name is missing`. */
export function fieldsText(expression: Expression, lookup: Lookup): string {
  const paths = new Map(pathsIn(expression).map((path) => [pathText(path), path]));
  const shown = [...paths]
    .slice(0, MOST_FIELDS)
    .map(([text, path]) => `${text} is ${valueText(valueAt(path, lookup))}`);
  if (paths.size > MOST_FIELDS) shown.push(`and ${paths.size - MOST_FIELDS} more`);
  return shown.join(", ");
}

function pathsIn(expression: Expression): Path[] {
  switch (expression.is) {
    case "comparison":
      return [expression.left, expression.right].flatMap((operand: Operand) =>
        "path" in operand ? [operand.path] : [],
      );
    case "exists":
    case "true":
      return [expression.path];
    case "not":
      return pathsIn(expression.of);
    default:
      return [...pathsIn(expression.left), ...pathsIn(expression.right)];
  }
}

function valueText(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}
