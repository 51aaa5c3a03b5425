// What the document says of each path, as types: what it takes and what it answers.
import type { paths } from "./api.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

interface Described {
  readonly parameters: { readonly path?: unknown; readonly query?: unknown };
  readonly requestBody?: unknown;
  readonly responses: object;
}

type Operation<Path extends keyof paths, M extends Method> = Extract<paths[Path][M], Described>;

/** The paths that answer to a method. */
export type PathWith<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends Described ? Path : never;
}[keyof paths];

/** What a request states beside its path and method: `{path, query, body}`, each only where the path takes it. */
export type Given<Path extends keyof paths, M extends Method> = Part<"path", Operation<Path, M>["parameters"]["path"]> &
  Part<"query", Operation<Path, M>["parameters"]["query"]> &
  Part<"body", JsonOf<Operation<Path, M>["requestBody"]>, Operation<Path, M>["requestBody"]>;

/** The same, left out where nothing has to be stated. */
export type MaybeGiven<Path extends keyof paths, M extends Method> =
  Partial<Given<Path, M>> extends Given<Path, M> ? [given?: Given<Path, M>] : [given: Given<Path, M>];

/** The body of an answer that is no error. */
export type Answer<Path extends keyof paths, M extends Method> = JsonOf<Success<Operation<Path, M>["responses"]>>;

type Success<Responses> = Responses[Extract<keyof Responses, 200 | 201 | 202>];

type JsonOf<Message> = NonNullable<Message> extends { content: { "application/json": infer Json } } ? Json : undefined;

/** `undefined`, also as `never`, says that there is no such part; where `Holder` may be left out, so may the part. */
type Part<Name extends string, Value, Holder = Value> = [Value] extends [undefined]
  ? { readonly [_ in Name]?: never }
  : [undefined] extends [Holder]
    ? { readonly [_ in Name]?: Sendable<NonNullable<Value>> }
    : Partial<Value> extends Value
      ? { readonly [_ in Name]?: Sendable<Value> }
      : { readonly [_ in Name]: Sendable<Value> };

/** JSON leaves out what is undefined, and changes no list. */
type Sendable<Value> = Value extends readonly (infer Item)[]
  ? readonly Sendable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Sendable<Value[Key]> | Absence<Value, Key> }
    : Value;

type Absence<Value, Key extends keyof Value> = Partial<Pick<Value, Key>> extends Pick<Value, Key> ? undefined : never;
