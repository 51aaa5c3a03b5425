// The document of the API, read as somebody reads it who has nothing else.
import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** A JSON Schema; `true` takes everything. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
}

/** One method of one path. */
export interface Operation {
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** With its prefix, `/api/v1/agents/{label}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** What a body may be, by its type; empty where there is none. */
  readonly bodies: ReadonlyMap<string, Schema>;
  readonly needsBody: boolean;
  /** By status (or `default`), then by type. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Schema>>;
  readonly scope: string;
  readonly isSocketOnly: boolean;
  /** As the document has it. */
  readonly raw: Members;
}

type Members = { readonly [name: string]: unknown };

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export class ApiDocument {
  readonly raw: Members;
  readonly operations: readonly Operation[];
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  readonly #compiled = new Map<Schema, ValidateFunction>();

  constructor(raw: unknown) {
    this.raw = membersOf(raw);
    const [server] = listOf(this.raw["servers"]);
    const url = membersOf(server)["url"];
    const prefix = typeof url === "string" ? url.replace(/^https?:\/\/[^/]*/, "").replace(/\/$/, "") : "";
    this.operations = Object.entries(membersOf(this.raw["paths"])).flatMap(([path, item]) =>
      methods
        .filter((method) => method in membersOf(item))
        .map((method) => this.#operation(`${prefix}${path}`, method, membersOf(item))),
    );
  }

  /** What a `$ref` of this document stands for; everything else as it is. */
  look(schema: Schema): Schema {
    if (typeof schema === "boolean" || typeof schema["$ref"] !== "string") return schema;
    const { $ref: ref, ...more } = schema;
    const found = this.#at(ref);
    if (found === undefined) throw new Error(`the document has no ${ref}`);
    const target = this.look(found as Schema);
    return typeof target === "boolean" ? target : { ...target, ...more };
  }

  /** Why a value does not fit, or `null`. */
  misfit(schema: Schema, value: unknown): string | null {
    const check = this.#compiled.get(schema) ?? this.#compile(schema);
    return check(value) ? null : this.#ajv.errorsText(check.errors, { dataVar: "it" });
  }

  #compile(schema: Schema): ValidateFunction {
    const components = this.raw["components"] ?? {};
    const whole = typeof schema === "boolean" ? schema : { ...schema, components };
    const check = this.#ajv.compile(whole);
    this.#compiled.set(schema, check);
    return check;
  }

  #at(ref: string): unknown {
    const parts = ref.replace(/^#\//, "").split("/");
    const names = parts.map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
    return names.reduce<unknown>((here, name) => membersOf(here)[name], this.raw);
  }

  #operation(path: string, method: string, item: Members): Operation {
    const raw = membersOf(item[method]);
    const parameters = [...listOf(item["parameters"]), ...listOf(raw["parameters"])].map((each) => {
      const parameter = membersOf(this.look(each as Schema));
      return {
        name: String(parameter["name"]),
        in: parameter["in"] as Parameter["in"],
        required: parameter["required"] === true,
        schema: (parameter["schema"] ?? true) as Schema,
      };
    });
    const body = membersOf(this.look((raw["requestBody"] ?? {}) as Schema));
    const answers = Object.entries(membersOf(raw["responses"])).map(
      ([status, answer]) => [status, schemasOf(membersOf(this.look(answer as Schema)))] as const,
    );
    return {
      id: String(raw["operationId"]),
      method: method.toUpperCase(),
      path,
      parameters,
      bodies: schemasOf(body),
      needsBody: body["required"] === true,
      answers: new Map(answers),
      scope: String(raw["x-scope"]),
      isSocketOnly: raw["x-socket-only"] === true,
      raw,
    };
  }
}

/** `spec/openapi.json`. */
export function readDocument(): ApiDocument {
  return new ApiDocument(
    JSON.parse(readFileSync(new URL("../../../../../spec/openapi.json", import.meta.url), "utf8")),
  );
}

/** Without what may stand behind it: `application/json; charset=utf-8` is `application/json`. */
export function plainType(type: string): string {
  return type.split(";", 1)[0]?.trim() ?? "";
}

function schemasOf(described: Members): Map<string, Schema> {
  const content = Object.entries(membersOf(described["content"]));
  return new Map(content.map(([type, media]) => [plainType(type), (membersOf(media)["schema"] ?? true) as Schema]));
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
