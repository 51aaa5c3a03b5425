// The plugin's own settings, as they stand under `[plugins.<label>]`.
import { isHeader } from "../http/headers.ts";

/** Where a notification goes that names no way itself. */
export type Way = "desktop" | "webhook";

export interface NotifySettings {
  readonly way: Way;
  /** Where webhooks are posted to; it may be a secret as a whole. */
  readonly webhook: URL | null;
  /** The member of the posted object that holds the text; null: title and text in members of their own. */
  readonly textMember: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly ca: string | undefined;
}

export const NOTIFY_DEFAULTS = { headers: {}, timeout_ms: 10_000, retries: 3 };

export const NOTIFY_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    way: {
      description: 'Where notifications go: "desktop", or "webhook" (the default where there is one).',
      enum: ["desktop", "webhook"],
    },
    webhook: {
      description: "Address that notifications are posted to; a secret one as { env = … }.",
      type: "string",
      writeOnly: true,
    },
    text_member: {
      description:
        'Member that holds the text, such as "text" for Slack; default: title, text and urgency each in its own.',
      type: "string",
      minLength: 1,
      maxLength: 64,
    },
    headers: {
      description: "Headers sent to the webhook; for secrets { env = … } or { file = … }.",
      type: "object",
      additionalProperties: { type: "string", writeOnly: true },
    },
    timeout_ms: { description: "For one attempt.", type: "integer", minimum: 1, maximum: 300_000 },
    retries: { description: "How often a post that failed is sent again.", type: "integer", minimum: 0, maximum: 10 },
    ca: { description: "PEM of the authority to believe, for a server of your own: { file = … }.", type: "string" },
  },
} as const;

/** Reads settings; a value of the wrong kind is named in `problems`, never quoted, and the default holds. */
export function readNotifySettings(config: Readonly<Record<string, unknown>>): {
  readonly settings: NotifySettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const whole = (key: "timeout_ms" | "retries", least: number, most: number): number => {
    const value = config[key] ?? NOTIFY_DEFAULTS[key];
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    problems.push(`${key} should be a whole number from ${least} to ${most}`);
    return NOTIFY_DEFAULTS[key];
  };
  const text = (key: "webhook" | "text_member" | "ca"): string | undefined => {
    const value = config[key];
    if (value === undefined || typeof value === "string") return value;
    problems.push(`${key} should be a text`);
    return undefined;
  };
  const address = text("webhook");
  const webhook = address === undefined ? null : webhookOf(address);
  if (address !== undefined && webhook === null)
    problems.push("webhook should be an address that begins with https://");
  const { way, headers: written = {} } = config;
  if (way !== undefined && way !== "desktop" && way !== "webhook")
    problems.push('way should be "desktop" or "webhook"');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(Object(written) as Record<string, unknown>)) {
    if (typeof value === "string" && isHeader(name, value)) headers[name.toLowerCase()] = value;
    else problems.push(`headers.${name} cannot be sent: a header's value is text without line ends`);
  }
  return {
    settings: {
      way: way === "desktop" || way === "webhook" ? way : webhook === null ? "desktop" : "webhook",
      webhook,
      textMember: text("text_member") ?? null,
      headers,
      timeoutMs: whole("timeout_ms", 1, 300_000),
      retries: whole("retries", 0, 10),
      ca: text("ca"),
    },
    problems,
  };
}

function webhookOf(address: string): URL | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  const isPlain = url?.username === "" && url.password === "";
  return isPlain && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
}
