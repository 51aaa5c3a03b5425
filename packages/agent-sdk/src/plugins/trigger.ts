import type { Runnable } from "../agent.ts";
import type { PluginContext } from "../context.ts";
import { type PluginOptions, passive } from "./passive.ts";

/** More about what happened. */
export interface Fired {
  readonly payload?: unknown;
  /** How strongly; rules and actions see it. */
  readonly velocity?: number;
  /** What the world is in, such as `work`; rules and actions see it. */
  readonly mode?: string;
  /** When, in milliseconds since the Unix epoch; default now. */
  readonly atMs?: number;
}

/** Says that `event`, a short name, happened. */
export type Fire = (event: string, more?: Fired) => void;

type Stop = () => unknown;

export interface TriggerOptions extends PluginOptions {
  /** Begins to watch; `fire` may be called until the trigger is stopped. What it returns ends the watch. */
  readonly start: (fire: Fire, context: PluginContext) => Stop | void | PromiseLike<Stop | void>;
}

/** Defines a trigger: something that happens, for rules to act on. Nothing happens before `run()`. */
export function defineTrigger(options: TriggerOptions): Runnable {
  let stopNow: (() => unknown) | undefined;
  return passive(
    options,
    {
      offers: ({ context, happened }) => {
        let watch: { isOn: boolean; stop: Promise<Stop | void> } | null = null;
        const stop = async () => {
          const ended = watch;
          watch = null;
          if (ended === null) return;
          ended.isOn = false;
          await (await ended.stop)?.();
        };
        const start = async () => {
          if (watch !== null) {
            await watch.stop;
            return;
          }
          const begun = { isOn: true, stop: Promise.resolve<Stop | void>(undefined) };
          watch = begun;
          const fire: Fire = (event, more = {}) => {
            if (begun.isOn) happened(newsOf(event, more));
          };
          begun.stop = (async () => options.start(fire, context))();
          try {
            await begun.stop;
          } catch (error) {
            if (watch === begun) watch = null;
            begun.isOn = false;
            begun.stop = Promise.resolve();
            throw error;
          }
        };
        stopNow = stop;
        return { trigger: { start, stop } };
      },
      suspend: () => stopNow?.(),
    },
    ["trigger"],
  );
}

function newsOf(event: string, { payload, velocity, mode, atMs }: Fired) {
  if (typeof event !== "string" || event === "") throw new Error('an event needs a name: fire("opened")');
  const context = { ...(velocity === undefined ? {} : { velocity }), ...(mode === undefined ? {} : { mode }) };
  return {
    type: "event",
    ...(atMs === undefined ? {} : { timestamp: new Date(atMs).toISOString() }),
    data: { event, ...(payload === undefined ? {} : { payload }), context },
  };
}
