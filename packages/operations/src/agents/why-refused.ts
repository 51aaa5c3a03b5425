import { explainRefusal } from "@mimolo/protocol";
import type { RefusedMessage } from "@mimolo/supervisor";

/** Why a line was refused, for its author: what the schema expected of the field, where the line came whole and is JSON; else
 *  the guard's own sentence. Then its length and its first bytes. Harmless to a terminal: Node's own words about JSON repeat
 *  what they stumbled over as it is. */
export function whyRefused({ code, message, lengthBytes, head }: RefusedMessage): string {
  const text = Buffer.from(head).toString("utf8");
  const whole = code === "invalid-field" && head.length === lengthBytes;
  const expected = whole ? explainRefusal(JSON.parse(text))?.message : undefined;
  const reason = expected === undefined ? message : `${message} (${expected})`;
  return harmless(`refused: ${reason} (${lengthBytes} bytes, beginning ${JSON.stringify(text)})`);
}

/** The same for an agent that privacy rules cover: what the line says is not repeated, since nobody could tell what in it is
 *  covered. */
export function whyRefusedUnseen({ code, field, lengthBytes }: RefusedMessage): string {
  const where = field === undefined ? "" : ` at ${field}`;
  return harmless(`refused: ${code}${where} (${lengthBytes} bytes, not shown where privacy rules cover the agent)`);
}

function harmless(sentence: string): string {
  return sentence.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
