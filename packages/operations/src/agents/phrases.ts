import { activityOf, modeOf, type WireMessage } from "@mimolo/protocol";

/** Whether a summary saw work; `null` for a passive agent. */
export function workedIn(summary: Extract<WireMessage, { type: "summary" }>): boolean | null {
  const { mode, keep_alive: keepAlive } = activityOf(summary);
  return mode === "active" ? keepAlive === true : null;
}

/** The sentence with what stands beside it, so that `mimolo logs` shows why. */
export function describe(message: Record<string, unknown>, sentence: string): string {
  const { details, tuned, context } = message;
  const more = {
    ...(details === undefined ? {} : { details }),
    ...(tuned === undefined ? {} : { tuned }),
    ...(context === undefined ? {} : { context }),
  };
  return Object.keys(more).length === 0 ? sentence : `${sentence} ${JSON.stringify(more)}`;
}

/** What a `status` without words says. */
export function statusPhrase(status: Extract<WireMessage, { type: "status" }>): string {
  const mode = modeOf(status);
  return `health ${status.health ?? "unchanged"}${mode === null ? "" : `, mode ${mode}`}`;
}

/** A line as text. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
