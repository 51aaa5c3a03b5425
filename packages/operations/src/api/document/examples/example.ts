/** One exchange that really happens; parameters have examples of their own. */
export interface Example {
  /** As JSON; absent: without a body. */
  readonly body?: unknown;
  readonly answer?: unknown;
}

export type Examples = Readonly<Record<string, Example>>;

export const at = "2026-11-21T09:00:00.000Z";
export const later = "2026-11-21T10:30:00.000Z";

/** A list whose only page this is. */
export function onePage(...items: unknown[]) {
  return { items, next_cursor: null };
}
