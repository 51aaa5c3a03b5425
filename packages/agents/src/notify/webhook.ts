import { CallError } from "@mimolo/agent-sdk";
import { Concealed } from "../http/concealed.ts";
import { delivered } from "../http/delivery.ts";
import { AGENTS_VERSION } from "../version.ts";
import type { Notice } from "./notice.ts";
import type { NotifySettings } from "./settings.ts";

/** What came of a post. */
export interface Posted {
  readonly way: "webhook";
  readonly status: number;
  readonly attempts: number;
}

/** Under which a notice is posted. */
export interface PostTerms {
  readonly signal: AbortSignal;
  /** Milliseconds the whole call may take, unless it says that it goes on. */
  readonly timeoutMs: number;
  readonly goingOn: (message: string) => void;
}

/** Nobody reads what a webhook says. */
const MOST_READ_BYTES = 4_096;
const WAIT_MS = 250;
/** Of the time a call has; the rest is for telling what came of it. */
const SHARE = 0.8;

/** Posts a notice as JSON, again where that may help; rejects with `HttpFault`, or `not-available` where there is no address. */
export async function postedToWebhook(notice: Notice, settings: NotifySettings, terms: PostTerms): Promise<Posted> {
  const { webhook, headers, timeoutMs, retries, ca } = settings;
  if (webhook === null)
    throw new CallError("not-available", 'no webhook is set; set webhook = "https://…" for this agent');
  const secrets = secretsOf(settings);
  const { incoming, attempts } = await delivered(
    {
      method: "POST",
      url: webhook,
      headers: { accept: "*/*", "content-type": "application/json", "user-agent": `MiMoLo/${AGENTS_VERSION}` },
      ownHeaders: headers,
      body: Buffer.from(JSON.stringify(bodyOf(notice, settings))),
    },
    {
      // Where it leads has to be where it was: an address may be a secret as a whole.
      hosts: { allows: ({ origin }) => origin === webhook.origin },
      timeoutMs: Math.min(timeoutMs, terms.timeoutMs * SHARE),
      longestWaitMs: terms.timeoutMs * SHARE,
      repeat: { retries, waitMs: WAIT_MS, which: "all" },
      mostBytes: MOST_READ_BYTES,
      ca,
      signal: terms.signal,
      goingOn: (message) => terms.goingOn(secrets.clean(message)),
    },
  );
  return { way: "webhook", status: incoming.status, attempts };
}

/** Everything of the settings that nobody is to read: headers, and what the address holds beside its host. */
export function secretsOf({ webhook, headers }: NotifySettings): Concealed {
  const address = webhook === null ? [] : [webhook.href, webhook.pathname + webhook.search, webhook.pathname];
  return new Concealed([...Object.values(headers), ...address.filter((part) => part.length > 1)]);
}

function bodyOf(notice: Notice, { textMember }: NotifySettings): object {
  if (textMember === null) return { ...notice, source: "mimolo" };
  return { [textMember]: notice.title === "" ? notice.text : `${notice.title}\n${notice.text}` };
}
