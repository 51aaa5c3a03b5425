/** A table for keys that strangers chose: no name in it means anything but itself, not even `__proto__`. */
export function emptyTable(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
