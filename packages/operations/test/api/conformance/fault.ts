// What is wrong with an answer, by the document.
import { type Asked, shown } from "./asking/asked.ts";
import { type ApiDocument, plainType } from "./document.ts";
import type { Answer } from "./sending.ts";

/** A sentence with the request in it, or `null`. */
export function faultOf(document: ApiDocument, asked: Asked, answer: Answer): string | null {
  const what = faultIn(document, asked, answer);
  if (what === null) return null;
  return `${shown(asked)}\n${what}\n${answer.status} ${answer.type} ${answer.text.slice(0, 600)}`;
}

function faultIn(document: ApiDocument, asked: Asked, { status, type, allow, text }: Answer): string | null {
  const { operation, misfit, method } = asked;
  const listed = operation.answers.get(String(status));
  // What a plugin or the machine could not do may be said, where the document says that it may; never that we failed.
  if (status >= 500 && (misfit !== null || listed === undefined)) return "it failed";
  if (misfit !== null && status < 400) return `it was taken although it does not fit: ${misfit}`;
  if (status === 405 && allow === "") return "it does not say which methods there are";
  if (method === "HEAD") return text === "" ? null : "it answers HEAD with a body";
  const isProblem = status >= 400;
  const answers = (listed?.size ?? 0) > 0 ? listed : isProblem ? operation.answers.get("default") : undefined;
  if (answers === undefined)
    return isProblem && status < 500 ? problemIn(status, type, text) : `${status} is not in the document`;
  const plain = plainType(type);
  const schema = answers.get(plain);
  if (schema === undefined) return `the document knows no ${plain} with ${status}`;
  if (!plain.endsWith("json")) return null;
  const read = parsed(text);
  if (read === undefined) return "it is no JSON";
  const misfitting = document.misfit(schema, read);
  if (misfitting !== null) return `the answer is not as the document has it: ${misfitting}`;
  return isProblem ? problemIn(status, type, text) : null;
}

function problemIn(status: number, type: string, text: string): string | null {
  if (!type.startsWith("application/problem+json")) return `a refusal of type ${type}`;
  const problem = parsed(text) as Record<string, unknown> | undefined;
  if (problem?.["status"] !== status) return "the problem speaks of another status";
  const { code, detail, title, type: uri } = problem;
  const texts = [code, detail, title].every((each) => typeof each === "string" && each !== "");
  if (!texts || uri !== `urn:mimolo:problem:${String(code)}`) return "the problem lacks something";
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
