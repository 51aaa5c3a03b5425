// http-request as a plugin: its settings, and what it says of them.
import { type Action, type ActionContext, CallError, defineAction, type PluginContext } from "@mimolo/agent-sdk";
import { Concealed } from "../http/concealed.ts";
import { HttpFault } from "../http/fault.ts";
import { missingTold } from "../moment.ts";
import { AGENTS_VERSION } from "../version.ts";
import type { HttpAnswer } from "./answer.ts";
import { HTTP_REQUEST_PARAMS, type HttpRequestParams } from "./params.ts";
import { HTTP_REQUEST_SCHEMA, type HttpRequestSettings, readHttpRequestSettings } from "./settings.ts";

interface Known {
  readonly config: object;
  readonly settings: HttpRequestSettings;
  readonly secrets: Concealed;
}

/** The action, ready to run. */
export function httpRequestAction(): Action<HttpRequestParams, HttpAnswer> {
  let known: Known | null = null;
  const missing = missingTold();

  const settingsNow = (context: PluginContext): Known => {
    const { config } = context;
    if (known?.config === config) return known;
    const { settings, problems } = readHttpRequestSettings(config);
    if (problems.length === 0) context.status("ok");
    else context.status("degraded", problems.join("; "));
    known = { config, settings, secrets: new Concealed(Object.values(settings.headers)) };
    return known;
  };

  return defineAction({
    id: "mimolo.http-request",
    version: AGENTS_VERSION,
    configSchema: HTTP_REQUEST_SCHEMA,
    params: HTTP_REQUEST_PARAMS,
    config: { validate: (config) => readHttpRequestSettings(config).problems },
    onInitialize: (context) => void settingsNow(context),
    async execute(params, context: ActionContext) {
      const { settings, secrets } = settingsNow(context);
      try {
        // Node's client costs some MiB, which an agent that is only there has no use for.
        const { carryOut } = await import("./carry-out.ts");
        return await carryOut(params, context, {
          settings,
          secrets,
          missing: (path) => missing(path, context),
        });
      } catch (error) {
        if (error instanceof HttpFault) throw new CallError(error.code, secrets.clean(error.message));
        throw error;
      }
    },
  });
}
