// A command as a collector writes it, and what answers it.
import { encodeLine } from "@mimolo/protocol/wire";
import type { Message } from "../reading/lines.ts";

/** The line with its end: params also as `args` and, where the protocol repeats them, at top level. */
export function commandLine(cmd: string, id: string, params: object): string {
  const isEmpty = Object.keys(params).length === 0;
  return encodeLine({ cmd, id, ...atTop(cmd, params), ...(isEmpty ? {} : { params, args: params }) });
}

/** Whether a message answers a command that was sent with that id; null: with none. */
export function answers(message: Message["message"], cmd: string, id: string | null): boolean {
  if (message.type === "ack")
    return message.ack_command === cmd && (id === null || message.id === undefined || message.id === id);
  if (message.type === "result") return message.id === id;
  if (message.type === "widget_frame") return message.data.request_id === id;
  return true;
}

function atTop(cmd: string, params: object): object {
  if (cmd === "ack") {
    const { ack, accepted, app_version, protocol_version } = params as Record<string, unknown>;
    return { ack, accepted, app_version, protocol_version };
  }
  return cmd === "sequence" || cmd === "reject" ? params : {};
}
