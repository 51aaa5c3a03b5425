// notify as a plugin: its settings, and which way a notice goes.
import { type Action, CallError, defineAction, type PluginContext } from "@mimolo/agent-sdk";
import { HttpFault } from "../http/fault.ts";
import { missingTold, momentOf } from "../moment.ts";
import { AGENTS_VERSION } from "../version.ts";
import type { Desktop } from "./desktop.ts";
import { noticeOf, NOTIFY_PARAMS, type NotifyParams } from "./notice.ts";
import { NOTIFY_SCHEMA, type NotifySettings, readNotifySettings } from "./settings.ts";
import type { Posted } from "./webhook.ts";

/** The result of `execute`. */
export type Notified = Posted | { readonly way: "desktop"; readonly program: string };

/** The action, ready to run; `desktop` is asked for when a notice is to be shown on it. */
export function notifyAction({ desktop }: { readonly desktop?: () => Desktop } = {}): Action<NotifyParams, Notified> {
  let known: { readonly config: object; readonly settings: NotifySettings } | null = null;
  const missing = missingTold();

  const settingsNow = (context: PluginContext): NotifySettings => {
    const { config } = context;
    if (known?.config === config) return known.settings;
    const { settings, problems } = readNotifySettings(config);
    if (problems.length === 0) context.status("ok");
    else context.status("degraded", problems.join("; "));
    known = { config, settings };
    return settings;
  };

  return defineAction({
    id: "mimolo.notify",
    version: AGENTS_VERSION,
    configSchema: NOTIFY_SCHEMA,
    params: NOTIFY_PARAMS,
    config: { validate: (config) => readNotifySettings(config).problems },
    onInitialize: (context) => void settingsNow(context),
    async execute(params, context) {
      const settings = settingsNow(context);
      const notice = noticeOf(params, momentOf(context), (path) => missing(path, context));
      // Neither way costs anything before somebody goes it.
      if ((params.way ?? settings.way) === "desktop") {
        const { shownOnDesktop } = await import("./desktop.ts");
        return await shownOnDesktop(notice, desktop?.() ?? (await desktopHere()), context.signal);
      }
      const { postedToWebhook, secretsOf } = await import("./webhook.ts");
      try {
        const { signal, timeoutMs } = context;
        const goingOn = (message: string) => context.progress({ message });
        return await postedToWebhook(notice, settings, { signal, timeoutMs, goingOn });
      } catch (error) {
        if (error instanceof HttpFault) throw new CallError(error.code, secretsOf(settings).clean(error.message));
        throw error;
      }
    },
  });
}

async function desktopHere(): Promise<Desktop> {
  const { thisDesktop } = await import("./node-desktop.ts");
  return thisDesktop(process.env);
}
