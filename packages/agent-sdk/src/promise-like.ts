/** Whether `value` is to be awaited. */
export function isPromiseLike<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
