/** Something most agents never need: made when it is first asked for. */
export interface Once<Value> {
  (): Value;
  /** What was made; `null` before that. */
  readonly now: Value | null;
}

export function once<Value>(make: () => Value): Once<Value> {
  let now: Value | null = null;
  const get = () => (now ??= make());
  return Object.defineProperty(get, "now", { get: () => now }) as Once<Value>;
}
