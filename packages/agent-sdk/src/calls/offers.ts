import { CallError } from "./call-error.ts";
import type { CallContext } from "./call-context.ts";

/** What a plugin may offer behind `invoke`. */
export type InterfaceName =
  | "action"
  | "trigger"
  | "message_handler"
  | "command"
  | "data_provider"
  | "analytics"
  | "aggregate"
  | "artifact"
  | "config";

/** Answers one method. `said` is the call's own context as it came. What it throws becomes the result's error. */
export type Method = (params: unknown, context: CallContext, said: Readonly<Record<string, unknown>>) => unknown;

/** Methods by interface. */
export type Offers = Readonly<Partial<Record<InterfaceName, Readonly<Record<string, Method>>>>>;

/** The params of a call as an object; throws `invalid-params` for anything else. */
export function fieldsIn(params: unknown): Readonly<Record<string, unknown>> {
  if (params === undefined || params === null) return {};
  if (typeof params === "object" && !Array.isArray(params)) return params as Readonly<Record<string, unknown>>;
  throw new CallError("invalid-params", "the params of this method are an object");
}
