// One request, written down before it is sent.
import fc from "fast-check";
import type { Operation } from "../document.ts";

export interface Asked {
  readonly method: string;
  /** Path and query as they stand on the request's first line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  /** Whose path it is. */
  readonly operation: Operation;
  /** What the document says about it: that it may be answered, or why it has to be refused. */
  readonly misfit: string | null;
  /** What a counterexample is shown as. */
  [fc.toStringMethod]?(): string;
}

/** The same before it is turned into text. */
export interface Draft {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** `undefined`: none. */
  readonly body: unknown;
  readonly type: string;
}

/** `{label}` and the like, filled in. */
export function targetOf({ operation, path, query }: Pick<Draft, "operation" | "path" | "query">): string {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join("&")}`;
}

/** Halves of characters become the sign for what cannot be read, as on the way over the wire. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** How it shows up in a report of what went wrong. */
export function shown({ method, target, headers, body }: Omit<Asked, "operation" | "misfit">): string {
  const text = typeof body === "string" ? body : body === null ? "" : Buffer.from(body).toString("latin1");
  const type = headers["content-type"] ?? "no type";
  const [line, rest] = [
    `${method} ${shortened(target, 300)}`,
    body === null ? "" : ` (${type}) ${shortened(text, 600)}`,
  ];
  return `${line}${rest}`;
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
