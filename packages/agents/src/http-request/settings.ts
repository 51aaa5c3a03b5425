// The plugin's own settings, as they stand under `[plugins.<label>]`.
import { type AllowedHosts, readAllowedHosts } from "../http/allowed-hosts.ts";
import { isHeader } from "../http/headers.ts";
import type { RepeatPolicy } from "../http/send-repeatedly.ts";

export interface HttpRequestSettings {
  readonly hosts: AllowedHosts;
  /** Sent with every request, over what a caller writes; their values are secrets, whatever they are. */
  readonly headers: Readonly<Record<string, string>>;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly repeat: RepeatPolicy;
  readonly ca: string | undefined;
}

export const HTTP_REQUEST_DEFAULTS = {
  allowed_hosts: [],
  headers: {},
  timeout_ms: 10_000,
  retries: 3,
  retry_wait_ms: 250,
  retry: "all",
};

export const HTTP_REQUEST_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    allowed_hosts: {
      description: 'Hosts that requests may go to, "api.example.org" or "localhost:8080"; without a port any.',
      type: "array",
      items: { type: "string" },
      maxItems: 1_000,
    },
    headers: {
      description: "Headers sent with every request; for secrets { env = … } or { file = … }.",
      type: "object",
      additionalProperties: { type: "string", writeOnly: true },
    },
    bearer: {
      description: "Sent as Authorization: Bearer …; best { env = … } or { file = … }.",
      type: "string",
      writeOnly: true,
    },
    timeout_ms: { description: "For one attempt.", type: "integer", minimum: 1, maximum: 300_000 },
    retries: {
      description: "How often a request that failed is sent again.",
      type: "integer",
      minimum: 0,
      maximum: 10,
    },
    retry_wait_ms: {
      description: "Before the second attempt; doubles each time, up to ten seconds.",
      type: "integer",
      minimum: 1,
      maximum: 10_000,
    },
    retry: {
      description: 'Which are sent again: "all", or "safe": those that do no harm when they arrive twice.',
      enum: ["all", "safe"],
    },
    ca: { description: "PEM of the authority to believe, for servers of your own: { file = … }.", type: "string" },
  },
} as const;

/** Reads settings; a value of the wrong kind is named in `problems`, never quoted, and the default holds. */
export function readHttpRequestSettings(config: Readonly<Record<string, unknown>>): {
  readonly settings: HttpRequestSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const whole = (key: "timeout_ms" | "retries" | "retry_wait_ms", least: number, most: number): number => {
    const value = config[key] ?? HTTP_REQUEST_DEFAULTS[key];
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`${key} should be a whole number from ${least} to ${most}`);
    return HTTP_REQUEST_DEFAULTS[key];
  };
  const text = (key: "bearer" | "ca"): string | undefined => {
    const value = config[key];
    if (value === undefined || typeof value === "string") return value;
    problems.push(`${key} should be a text`);
    return undefined;
  };
  const list = config["allowed_hosts"] ?? [];
  const isList = Array.isArray(list) && list.every((entry) => typeof entry === "string");
  if (!isList) problems.push("allowed_hosts should be a list of texts");
  const read = readAllowedHosts(isList ? list : []);
  const headers = readHeaders(config["headers"] ?? {}, problems);
  const bearer = text("bearer");
  if (bearer !== undefined && !isHeader("authorization", bearer)) problems.push("bearer cannot be sent in a header");
  else if (bearer !== undefined) headers["authorization"] = `Bearer ${bearer}`;
  const which = config["retry"] ?? HTTP_REQUEST_DEFAULTS.retry;
  if (which !== "all" && which !== "safe") problems.push('retry should be "all" or "safe"');
  return {
    settings: {
      hosts: read.hosts,
      headers,
      timeoutMs: whole("timeout_ms", 1, 300_000),
      repeat: {
        retries: whole("retries", 0, 10),
        waitMs: whole("retry_wait_ms", 1, 10_000),
        which: which === "safe" ? "safe" : "all",
      },
      ca: text("ca"),
    },
    problems: [...problems, ...read.problems],
  };
}

function readHeaders(value: unknown, problems: string[]): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push("headers should be a table of texts");
    return {};
  }
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === "string" && isHeader(name, text)) headers[name.toLowerCase()] = text;
    else problems.push(`headers.${name} cannot be sent: a header's value is text without line ends`);
  }
  return headers;
}
