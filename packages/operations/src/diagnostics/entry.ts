import type { LogLevel, LogLine } from "@mimolo/protocol";

/** Who a diagnostics line is about; all `null` for the collector itself. */
export interface Speaker {
  label: string | null;
  instance_id: string | null;
  run_id: string | null;
}

export const theCollector: Speaker = { label: null, instance_id: null, run_id: null };

const MAX_MESSAGE_CHARACTERS = 8_192;

/** One diagnostics line, its text bounded. `line` numbers the agent's line it is about. */
export function entry(
  speaker: Speaker,
  atMs: number,
  what: { type: string; level?: LogLevel; code?: string | undefined; message: string; line?: number | undefined },
): LogLine {
  const { type, level = "info", code, message, line } = what;
  return {
    at: new Date(atMs).toISOString(),
    ...speaker,
    type,
    level,
    ...(code === undefined ? {} : { code }),
    message: message.length > MAX_MESSAGE_CHARACTERS ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…` : message,
    ...(line === undefined ? {} : { line }),
  };
}
