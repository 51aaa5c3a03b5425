/** One thing that was looked at. A `warning` lets MiMoLo run with less; what `failed` must be mended first. */
export interface Check {
  readonly id: string;
  readonly state: "ok" | "warning" | "failed";
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** Runs a program for its output. Never throws: a missing program is `ok: false`. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<{ ok: boolean; output: string }>;

export function ok(id: string, message: string): Check {
  return { id, state: "ok", message };
}

export function warning(id: string, message: string, fix: string): Check {
  return { id, state: "warning", message, fix };
}

export function failed(id: string, message: string, fix: string): Check {
  return { id, state: "failed", message, fix };
}
