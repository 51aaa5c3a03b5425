import { emptyTable } from "./empty-table.ts";
import type { Field, SaidValue, SettingsSchema } from "./field.ts";
import { isTable, kindOf, namesSecret } from "./kind-of.ts";
import { keyOf, pathOf, titleOf } from "./setting-path.ts";

/** More is no form. */
const MOST_FIELDS = 200;
const DEEPEST = 4;

/** The settings of a plugin as fields: what its schema names, in its order, then what is set beside it. `values` are those that
 *  the collector tells; keys in `without` have no field. */
export function fieldsOf(
  schema: SettingsSchema | undefined,
  values: readonly SaidValue[],
  without: ReadonlySet<string> = new Set(),
): Field[] {
  const told = values
    .map((said) => ({ said, path: pathOf(said.key) }))
    .filter(({ path }) => !without.has(path[0] ?? ""));
  const fields = [...fieldsIn(schema ?? {}, [], told, without)];
  const known = new Set(fields.map(({ key }) => key));
  for (const { said, path } of told) {
    // A table that has a field as a whole has none for what is in it.
    if (path.some((_, depth) => known.has(keyOf(path.slice(0, depth + 1))))) continue;
    known.add(keyOf(path));
    fields.push(fieldAt(path, undefined, told, false, said));
  }
  return fields.slice(0, MOST_FIELDS);
}

interface Told {
  readonly said: SaidValue;
  readonly path: readonly string[];
}

function* fieldsIn(
  schema: SettingsSchema,
  around: readonly string[],
  told: readonly Told[],
  without: ReadonlySet<string>,
): Generator<Field> {
  const properties = isTable(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  for (const [name, property] of Object.entries(properties)) {
    if (around.length === 0 && without.has(name)) continue;
    const path = [...around, name];
    const inner = isTable(property) && isTable(property["properties"]) ? property : null;
    const isSetAsWhole = told.some((each) => isSame(each.path, path));
    if (inner !== null && path.length < DEEPEST && !isSetAsWhole) yield* fieldsIn(inner, path, told, without);
    else yield fieldAt(path, property, told, required.includes(name));
  }
}

function fieldAt(
  path: readonly string[],
  property: unknown,
  told: readonly Told[],
  isRequired: boolean,
  first?: SaidValue,
): Field {
  const said = told.filter((each) => isSame(each.path, path)).map((each) => each.said);
  const inside = told.filter((each) => each.path.length > path.length && isSame(each.path.slice(0, path.length), path));
  const value = (first ?? said[0])?.value ?? tableOf(inside, path.length);
  const description = isTable(property) ? property["description"] : undefined;
  return {
    key: keyOf(path),
    path,
    title: path.map(titleOf).join(" · "),
    description: typeof description === "string" ? description : "",
    kind: namesSecret(value) ? { is: "reference" } : kindOf(property, value),
    value,
    said: said.length > 0 ? said : inside.map((each) => each.said),
    isRequired,
  };
}

/** What stands key by key, as the table it is. */
function tableOf(inside: readonly Told[], depth: number): unknown {
  if (inside.length === 0) return undefined;
  const table = emptyTable();
  for (const { path, said } of inside) {
    let at = table;
    for (const word of path.slice(depth, -1)) {
      const below = at[word];
      const next = isTable(below) ? (below as Record<string, unknown>) : emptyTable();
      at[word] = next;
      at = next;
    }
    at[path.at(-1) ?? ""] = said.value;
  }
  return table;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
