import type { ActionContext } from "@mimolo/agent-sdk";
import type { Concealed } from "../http/concealed.ts";
import { delivered } from "../http/delivery.ts";
import { momentOf } from "../moment.ts";
import { type HttpAnswer, answerOf, MOST_READ_BYTES } from "./answer.ts";
import { type HttpRequestParams, requestOf } from "./params.ts";
import type { HttpRequestSettings } from "./settings.ts";

/** Of the time a call has; the rest is for telling what came of it. */
const SHARE = 0.8;

/** One request for one call; its own time ends before the call's, so that the caller hears why. Rejects with `HttpFault`. */
export async function carryOut(
  params: HttpRequestParams,
  context: ActionContext,
  {
    settings,
    secrets,
    missing,
  }: {
    readonly settings: HttpRequestSettings;
    readonly secrets: Concealed;
    readonly missing: (path: string) => void;
  },
): Promise<HttpAnswer> {
  const request = requestOf(params, settings, momentOf(context), missing);
  const startedMs = performance.now();
  const ours = context.timeoutMs * SHARE;
  const done = await delivered(request, {
    hosts: settings.hosts,
    timeoutMs: Math.min(settings.timeoutMs, ours),
    longestWaitMs: ours,
    repeat: settings.repeat,
    mostBytes: MOST_READ_BYTES,
    ca: settings.ca,
    signal: context.signal,
    goingOn: (message) => context.progress({ message: secrets.clean(message) }),
  });
  return answerOf(done, secrets, performance.now() - startedMs);
}
