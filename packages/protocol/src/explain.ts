// Telling a person why a message was refused. Slow on purpose of clarity: only after the hand guard has said no.
import { WireMessage } from "./message/message.ts";

/** The field at fault and a sentence about it. */
export interface RefusalExplanation {
  readonly field: string;
  readonly message: string;
}

/** Why a parsed value is no known message: its first fault by the schemas, or `null` when there is none. */
export function explainRefusal(value: unknown): RefusalExplanation | null {
  const read = WireMessage.safeParse(value);
  if (read.success) return null;
  const [issue] = read.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  const reason = issue?.message ?? "breaks its schema";
  return { field, message: field === "" ? reason : `${field}: ${reason}` };
}
