import type { Runnable } from "../agent.ts";
import type { ActionContext, CallContext } from "../calls/call-context.ts";
import { announced } from "../params/announced.ts";
import type { ParamsOf, Schema } from "../params/params.ts";
import { checkedBy } from "../params/checked.ts";
import { type PluginOptions, passive } from "./passive.ts";

export interface ActionOptions<Given extends Schema | undefined, Result> extends PluginOptions {
  /** What `execute` takes: a zod, valibot or arktype schema, or a JSON Schema. Other params are refused as `invalid-params`
   *  before `execute` sees them. */
  readonly params?: Given;
  /** Does it. What it returns is the caller's answer, and what it throws its error: `failed`, or the code of a `CallError`. */
  readonly execute: (params: ParamsOf<NoInfer<Given>>, context: ActionContext) => Result | PromiseLike<Result>;
}

/** Defines an action: something rules, people and other plugins can have done. Nothing happens before `run()`. */
export function defineAction<const Given extends Schema | undefined = undefined, Result = unknown>(
  options: ActionOptions<Given, Result>,
): Action<ParamsOf<Given>, Result> {
  const { params: schema, execute } = options;
  const check = checkedBy(schema);
  const run = passive(
    options,
    {
      offers: () => ({
        action: {
          async execute(params, context, said) {
            return execute((await check(params)) as ParamsOf<Given>, inTheMoment(context, said));
          },
        },
      }),
      metadata: announced(schema),
    },
    ["action"],
  );
  return { ...run, execute };
}

/** An action, ready to run; `execute` stands to be tested. */
export interface Action<Params = unknown, Result = unknown> extends Runnable {
  readonly execute: (params: Params, context: ActionContext) => Result | PromiseLike<Result>;
}

function inTheMoment(context: CallContext, said: Readonly<Record<string, unknown>>): ActionContext {
  const { velocity, mode, rule, event, agent, data } = said;
  const fields = Object.entries({ velocity, mode, rule, event, agent, data }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.assign(context, Object.fromEntries(fields));
}
