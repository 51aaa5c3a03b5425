import type { LogLevel, LogLine } from "@mimolo/protocol";

/** Who a diagnostics line is about; all `null` for the collector itself. */
export interface Speaker {
  label: string | null;
  instance_id: string | null;
  run_id: string | null;
}

export const theCollector: Speaker = { label: null, instance_id: null, run_id: null };

const MAX_MESSAGE_CHARACTERS = 8_192;
/** Types and codes are words; an agent may call anything so. */
const MAX_WORD_CHARACTERS = 64;

/** One diagnostics line, its texts bounded. `line` numbers the agent's line it is about. */
export function entry(
  speaker: Speaker,
  atMs: number,
  what: { type: string; level?: LogLevel; code?: string | undefined; message: string; line?: number | undefined },
): LogLine {
  const { type, level = "info", code, message, line } = what;
  return {
    at: new Date(atMs).toISOString(),
    ...speaker,
    type: clipped(type, MAX_WORD_CHARACTERS),
    level,
    ...(code === undefined ? {} : { code: clipped(code, MAX_WORD_CHARACTERS) }),
    message: clipped(message, MAX_MESSAGE_CHARACTERS),
    ...(line === undefined ? {} : { line }),
  };
}

const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);
