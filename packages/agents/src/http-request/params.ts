// What `execute` is given, and the request it comes to.
import { fillTemplate } from "@mimolo/agent-sdk";
import { addressOf } from "../http/address.ts";
import { HttpFault } from "../http/fault.ts";
import type { Followed } from "../http/follow.ts";
import { isHeader } from "../http/headers.ts";
import { AGENTS_VERSION } from "../version.ts";
import type { HttpRequestSettings } from "./settings.ts";

export const HTTP_REQUEST_PARAMS = {
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: {
    url: {
      description: "Where to; {{…}} is filled and percent-encoded.",
      type: "string",
      minLength: 1,
      maxLength: 8_192,
    },
    method: { description: "Default: POST where there is a body, else GET.", type: "string", maxLength: 16 },
    headers: {
      description: "Beside those of the settings; {{…}} is filled.",
      type: "object",
      additionalProperties: { type: "string" },
    },
    body: { description: "A text, or anything else as JSON; {{…}} is filled in its texts." },
  },
} as const;

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export interface HttpRequestParams {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The request that params come to. `moment` fills the templates, `missing` hears of what is not in it. Throws `HttpFault`. */
export function requestOf(
  params: HttpRequestParams,
  settings: Pick<HttpRequestSettings, "hosts" | "headers">,
  moment: object,
  missing: (path: string) => void,
): Followed {
  const hasBody = params.body !== undefined && params.body !== null;
  const method = (params.method ?? (hasBody ? "POST" : "GET")).toUpperCase();
  if (!METHODS.has(method)) throw new HttpFault("invalid-request", `method must be one of ${[...METHODS].join(", ")}`);
  const url = addressOf(fillTemplate(params.url, moment, { missing, encode: encodeURIComponent }), settings.hosts);
  const headers: Record<string, string> = { accept: "*/*", "user-agent": `MiMoLo/${AGENTS_VERSION}` };
  for (const [name, template] of Object.entries(params.headers ?? {})) {
    const value = fillTemplate(template, moment, { missing });
    if (!isHeader(name, value))
      throw new HttpFault(
        "invalid-request",
        `headers.${name} cannot be sent: MiMoLo writes it itself, or its value has line ends`,
      );
    headers[name.toLowerCase()] = value;
  }
  const body = hasBody ? bodyOf(params.body, headers, moment, missing) : null;
  return { method, url, headers, body, ownHeaders: settings.headers };
}

/** The bytes of a body; says in `headers` what they are, unless these say so. */
function bodyOf(
  written: unknown,
  headers: Record<string, string>,
  moment: object,
  missing: (path: string) => void,
): Uint8Array {
  if (typeof written !== "string") {
    headers["content-type"] ??= "application/json";
    return Buffer.from(JSON.stringify(fillTemplate(written, moment, { missing })));
  }
  const type = (headers["content-type"] ??= "text/plain; charset=utf-8");
  return Buffer.from(fillTemplate(written, moment, { missing, encode: encodingFor(type) }));
}

/** What is filled in never ends the text it stands in. */
function encodingFor(type: string): (text: string) => string {
  if (/[/+]json\b/i.test(type)) return (text) => JSON.stringify(text).slice(1, -1);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return encodeURIComponent;
  return (text) => text;
}
