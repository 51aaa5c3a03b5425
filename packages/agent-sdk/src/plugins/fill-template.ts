// `{{path}}` in texts, filled from what an action was given. One pass: what a value contains is never looked at again.

// The spaces around a path are trimmed afterwards: an expression that passes over them itself takes cubic time over many.
const PLACEHOLDER = /\{\{([^{}]+)\}\}/g;
const ONLY_ONE = /^\{\{([^{}]+)\}\}$/;

export interface FillOptions {
  /** How a value becomes text, such as `encodeURIComponent`; default: as it is. */
  readonly encode?: (text: string) => string;
  /** Hears of each path that leads nowhere; an empty text stands there. */
  readonly missing?: (path: string) => void;
}

/** Fills every `{{path}}` in `template`, such as `{{data.duration_s}}`, from `values`. A text stays a text; in an object or list the
 *  texts inside are filled, and one that is a single placeholder becomes the value itself, of whatever type. */
export function fillTemplate<const Template>(
  template: Template,
  values: object,
  options?: FillOptions,
): Template extends string ? string : unknown;
export function fillTemplate(template: unknown, values: object, options: FillOptions = {}): unknown {
  return typeof template === "string" ? filledText(template, values, options) : filledLeaf(template, values, options);
}

function filledLeaf(leaf: unknown, values: object, options: FillOptions): unknown {
  if (typeof leaf === "string") {
    const path = ONLY_ONE.exec(leaf)?.[1]?.trim();
    return path === undefined ? filledText(leaf, values, options) : (valueAt(path, values, options) ?? "");
  }
  if (Array.isArray(leaf)) return leaf.map((item) => filledLeaf(item, values, options));
  if (typeof leaf !== "object" || leaf === null) return leaf;
  return Object.fromEntries(Object.entries(leaf).map(([name, value]) => [name, filledLeaf(value, values, options)]));
}

function filledText(text: string, values: object, options: FillOptions): string {
  const { encode = (plain) => plain } = options;
  return text.replace(PLACEHOLDER, (_, path: string) => encode(inWords(valueAt(path.trim(), values, options))));
}

function valueAt(path: string, values: object, { missing }: FillOptions): unknown {
  let value: unknown = values;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) {
      missing?.(path);
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function inWords(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : (JSON.stringify(value) ?? "");
}
