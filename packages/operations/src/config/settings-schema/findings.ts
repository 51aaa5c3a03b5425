/** Settings against a schema by an untrusted author, in bounded time and without running anything of his. */
import { createRequire } from "node:module";
import { type Context, createContext, Script } from "node:vm";
import type { Ajv, ErrorObject, Options, ValidateFunction } from "ajv";
import { regexEngine } from "../../privacy/regex-engine.ts";
import type { Tree } from "../layer.ts";
import { plainSchema } from "./plain-schema.ts";

export type Finding = ErrorObject;

export type Findings =
  | { readonly ok: true; readonly findings: readonly Finding[]; readonly schema: Tree }
  /** The schema cannot be used, and why. */
  | { readonly ok: false; readonly fault: string };

/** Far more than any real schema takes; all else waits that long. */
const MOST_MS = 200;
/** A machine that is busy with something else says nothing about a schema. */
const MOST_TRIES = 3;
/** Beyond this many comparisons the first finding has to do. */
const MOST_FOR_ALL = 200_000;

type Compiled =
  | {
      readonly ok: true;
      readonly schema: Tree;
      readonly parts: number;
      all?: ValidateFunction;
      first?: ValidateFunction;
      /** What was found in the settings checked last, by their text: one change asks for the same several times. */
      readonly found: Map<string, readonly Finding[]>;
    }
  | { readonly ok: false; readonly fault: string };

/** By the schema's text: whoever reads a plugin anew has another object of the same. */
const compiled = new Map<string, Compiled>();
const MOST_COMPILED = 64;
const MOST_FOUND = 4;

/** What the settings have that the schema does not allow. Never throws; a schema that cannot be used is a fault of its own. */
export function findingsOf(schema: object, settings: Tree): Findings {
  const text = textOf(schema);
  const known = compiled.get(text) ?? prepared(schema);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(text, known);
  if (!known.ok) return known;
  const asked = textOf(settings);
  const already = asked === "" ? undefined : known.found.get(asked);
  if (already !== undefined) return { ok: true, findings: already, schema: known.schema };
  try {
    const findings = bounded(() => foundBy(known, settings));
    if (known.found.size >= MOST_FOUND) known.found.clear();
    known.found.set(asked, findings);
    return { ok: true, findings, schema: known.schema };
  } catch (error) {
    const failed = { ok: false, fault: faultOf(error) } as const;
    compiled.set(text, failed);
    return failed;
  }
}

/** One that has no text is refused as a plain schema; all of those are alike. */
function textOf(schema: object): string {
  try {
    return JSON.stringify(schema);
  } catch {
    return "";
  }
}

function prepared(schema: object): Compiled {
  const plain = plainSchema(schema);
  return plain.ok ? { ok: true, schema: plain.schema, parts: sizeOf(plain.schema), found: new Map() } : plain;
}

function foundBy(known: Extract<Compiled, { ok: true }>, settings: Tree): readonly Finding[] {
  const all = known.parts * sizeOf(settings) <= MOST_FOR_ALL;
  const validate = (all ? known.all : known.first) ?? validator(known.schema, all);
  if (all) known.all = validate;
  else known.first = validate;
  return validate(settings) ? [] : (validate.errors ?? []);
}

/** Ajv as it is safe for strangers: nothing is fetched, filled in or converted, regular expressions are RE2's. */
function validator(schema: Tree, allErrors: boolean): ValidateFunction {
  const options: Options = {
    allErrors,
    verbose: true,
    strict: false,
    meta: false,
    validateSchema: false,
    validateFormats: false,
    addUsedSchema: false,
    ownProperties: true,
    logger: false,
    code: { regExp: Object.assign(linear, { code: "linear" }) },
  };
  return new (ajv())(options).compile(schema);
}

let library: typeof Ajv | null = null;

/** Loaded when the first schema is used: most configurations have none. */
function ajv(): typeof Ajv {
  library ??= (createRequire(import.meta.url)("ajv") as { Ajv: typeof Ajv }).Ajv;
  return library;
}

/** A regular expression whose time is linear in what it reads. */
function linear(source: string) {
  const engine = regexEngine();
  const expression = engine.compile(engine.translateRegExp(source));
  return { test: (text: string) => expression.matcher(text).find(), toString: () => source };
}

const script = new Script("run()");
/** One for all: to make it takes longer than most checks do. */
let place: Context | null = null;

/** Runs within `MOST_MS`, or throws: nothing else can end a loop in one's own process. */
function bounded<Result>(act: () => Result): Result {
  ajv();
  regexEngine();
  let result: { readonly value: Result } | undefined;
  place ??= createContext({});
  place["run"] = () => {
    result = { value: act() };
  };
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    try {
      script.runInContext(place, { timeout: MOST_MS });
      break;
    } catch (error) {
      const { user, system } = process.cpuUsage(before);
      const wasHeldUp = isTimeout(error) && (user + system) / 1_000 < MOST_MS / 2;
      if (!wasHeldUp || tries === MOST_TRIES) throw error;
    }
  }
  if (result === undefined) throw new Error("it did not end");
  return result.value;
}

function isTimeout(error: unknown): boolean {
  return (Object(error) as { readonly code?: unknown }).code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

function faultOf(error: unknown): string {
  // Thrown in another context, it is no `Error` of this one.
  const { message = String(error) } = Object(error) as { readonly message?: string };
  if (isTimeout(error)) return `takes longer than ${MOST_MS / 1000} s`;
  return `cannot be used: ${message.slice(0, 200).replaceAll(/\p{Cc}/gu, " ")}`;
}

/** How many values are in it, itself included. */
function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + sizeOf(inner), 1);
}
