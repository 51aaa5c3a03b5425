import { ProblemError } from "../problem.ts";

/** The members of a JSON body. */
export type Body = Readonly<Record<string, unknown>>;

export function objectIn(body: unknown): Body {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw new ProblemError("invalid-parameter", "the body must be an object");
}

/** A member that has to be there. */
export function textIn(body: Body, name: string): string {
  const text = body[name];
  if (typeof text === "string") return text;
  throw new ProblemError("invalid-parameter", `${name} is missing or no text`);
}

export function optionalTextIn(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : textIn(body, name);
}

export function optionalFlagIn(body: Body, name: string): boolean | undefined {
  const flag = body[name];
  if (flag === undefined || typeof flag === "boolean") return flag;
  throw new ProblemError("invalid-parameter", `${name} must be true or false`);
}

/** A list of texts; absent: `undefined`. */
export function optionalTextsIn(body: Body, name: string): string[] | undefined {
  const texts = body[name];
  if (texts === undefined) return undefined;
  if (Array.isArray(texts) && texts.every((text): text is string => typeof text === "string")) return texts;
  throw new ProblemError("invalid-parameter", `${name} must be a list of texts`);
}

/** Refuses misspelt members, which would otherwise count as absent. */
export function onlyIn(body: Body, names: readonly string[]): void {
  const stranger = Object.keys(body).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  throw new ProblemError(
    "invalid-parameter",
    `"${stranger}" is nothing that is known here`,
    `there are ${names.join(", ")}`,
  );
}
