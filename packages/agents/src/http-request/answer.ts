// What the caller is told of an answer: as much as fits a line, and no secret.
import type { Concealed } from "../http/concealed.ts";
import type { Delivered } from "../http/delivery.ts";

/** The result of `execute`. */
export interface HttpAnswer {
  readonly status: number;
  /** Where it came from, without a query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, as far as it fits. */
  readonly body?: string;
  /** In place of `body` where it is no UTF-8. */
  readonly body_base64?: string;
  /** Whether there was more. */
  readonly truncated: boolean;
  readonly attempts: number;
  readonly took_ms: number;
}

/** So much of an answer is read. */
export const MOST_READ_BYTES = 65_536;
/** So much of it is handed on, as it stands in the result's JSON: a line has 64 KiB. */
const MOST_TOLD_BYTES = 49_152;
const MOST_HEADERS = 32;
const LONGEST_HEADER = 256;
/** Somebody's way in, not information. */
const NEVER_TOLD: ReadonlySet<string> = new Set(["set-cookie", "www-authenticate", "proxy-authenticate"]);

export function answerOf(delivered: Delivered, secrets: Concealed, tookMs: number): HttpAnswer {
  const { incoming, url, attempts } = delivered;
  const { text, base64, truncated } = bodyOf(incoming.body, incoming.truncated, secrets);
  return {
    status: incoming.status,
    url: secrets.clean(url.origin + url.pathname),
    headers: headersOf(incoming.headers, secrets),
    ...(text === null ? { body_base64: base64 } : { body: text }),
    truncated,
    attempts,
    took_ms: Math.round(tookMs),
  };
}

function headersOf(headers: Readonly<Record<string, string>>, secrets: Concealed): Record<string, string> {
  const told = Object.entries(headers).filter(([name]) => !NEVER_TOLD.has(name));
  return Object.fromEntries(
    told.slice(0, MOST_HEADERS).map(([name, value]) => [secrets.clean(name), shortened(secrets.clean(value))]),
  );
}

const shortened = (value: string) => (value.length > LONGEST_HEADER ? `${value.slice(0, LONGEST_HEADER)}…` : value);

function bodyOf(
  bytes: Uint8Array,
  cut: boolean,
  secrets: Concealed,
): { readonly text: string | null; readonly base64: string; readonly truncated: boolean } {
  const text = textOf(bytes, cut);
  if (text === null) {
    const most = Math.floor((MOST_TOLD_BYTES / 4) * 3);
    // Bytes that are no text may hold it none the less.
    const units = Buffer.from(bytes).toString("latin1");
    const told = Buffer.from(secrets.cleanCut(units) === units ? bytes.subarray(0, most) : []);
    return { text, base64: told.toString("base64"), truncated: cut || told.length < bytes.length };
  }
  const clean = cut ? secrets.cleanCut(text) : secrets.clean(text);
  const fitting = beginningOf(clean);
  return { text: fitting, base64: "", truncated: cut || fitting.length < clean.length };
}

/** `null` of what is no UTF-8; a character at the end that was cut in two does not count. */
function textOf(bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** As much of a text as fits, measured as the line will write it. */
function beginningOf(text: string): string {
  const length = (end: number) => Buffer.byteLength(JSON.stringify(text.slice(0, end)));
  if (length(text.length) <= MOST_TOLD_BYTES) return text;
  let [fits, over] = [0, text.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (length(middle) <= MOST_TOLD_BYTES) fits = middle;
    else over = middle;
  }
  // Not between the halves of one character.
  return text.slice(0, fits).replace(/[\uD800-\uDBFF]$/, "");
}
