import { z } from "zod";

export type Checked =
  | { readonly ok: true; readonly params: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly message: string };

/** The params as their schema has them, or one sentence that names the field. */
export function checkParams(method: string, schema: z.ZodObject, params: unknown): Checked {
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success) return { ok: true, params: parsed.data };
  const { issues } = parsed.error;
  // What is missing is often there under another name.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue === undefined) return { ok: false, message: `${method}: its params are wrong` };
  const field = ["params", ...issue.path.map(String)].join(".");
  if (issue.code !== "unrecognized_keys") return { ok: false, message: `${field}: ${issue.message}` };
  const names = Object.keys(schema.shape);
  const takes = names.length === 0 ? "takes no params" : `takes ${names.join(", ")}`;
  const strange = JSON.stringify(issue.keys[0]?.slice(0, 64));
  return { ok: false, message: `${field}: ${strange} is nothing that ${method} knows; it ${takes}` };
}

/** A text for people to read in a log or an error: bounded, and not empty. */
export const text = (most: number) => z.string().min(1).max(most);
