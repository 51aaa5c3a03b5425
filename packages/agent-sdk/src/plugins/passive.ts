// What actions, triggers and reporters have in common: they work when they are asked, and their summaries only count that.
import { runnable, type Runnable } from "../agent.ts";
import type { Desk } from "../behaviour.ts";
import type { Tally } from "../tally.ts";
import type { Method, Offers } from "../calls/offers.ts";
import { widgetFeature } from "../widget/drawing.ts";
import type { LifeHooks, PluginHooks } from "./hooks.ts";
import { interfacesOf } from "./interfaces-of.ts";
import { offersOf } from "./offers-of.ts";

const PACE_SECONDS = 5;

/** What every such plugin is defined by. */
export interface PluginOptions extends PluginHooks, LifeHooks {
  /** Reverse-domain style, such as `acme.lamp`. */
  readonly id: string;
  /** Semver. */
  readonly version: string;
  /** JSON Schema of the settings. */
  readonly configSchema?: object;
}

/** A plugin that does what `offers` says, and its hooks besides. */
export function passive(
  options: PluginOptions,
  { offers, metadata = {}, suspend }: { offers: (desk: Desk) => Offers; metadata?: object; suspend?: () => unknown },
  names: readonly string[],
): Runnable {
  const { id, version, configSchema, onInitialize, onActivate, onSuspend, onUnload } = options;
  const interfaces = [...names, ...interfacesOf(options)];
  return runnable({
    id,
    version,
    features: ["invoke", ...widgetFeature(options)],
    metadata: { interfaces, ...metadata, ...(configSchema === undefined ? {} : { config_schema: configSchema }) },
    everySeconds: PACE_SECONDS,
    giveUpMs: PACE_SECONDS * 1000,
    failureCode: "sample-failed",
    begin(desk) {
      const { context } = desk;
      const hook = (run: LifeHooks["onUnload"]) => (run === undefined ? undefined : () => run(context));
      return {
        hooks: {
          initialize: hook(onInitialize),
          activate: hook(onActivate),
          suspend: async () => {
            await suspend?.();
            await onSuspend?.(context);
          },
          unload: hook(onUnload),
        },
        summarize: ({ counts: { calls = 0, failures = 0 } }) => ({
          data: { calls, failures },
          activity: "passive" as const,
        }),
        pending: () => 0,
        invoke: () => offersOf(options, counted(offers(desk), desk.tally)),
        shown: options,
      };
    },
  });
}

/** The same, each call of a plugin's own interface counted for its summaries. */
function counted(offers: Offers, tally: Tally): Offers {
  const counting = (method: Method): Method => {
    return async (...call) => {
      tally.count("calls", 1);
      try {
        return await method(...call);
      } catch (error) {
        tally.count("failures", 1);
        throw error;
      }
    };
  };
  const entries = Object.entries(offers).map(([name, methods]) => [
    name,
    Object.fromEntries(Object.entries(methods).map(([method, run]) => [method, counting(run)])),
  ]);
  return Object.fromEntries(entries) as Offers;
}
