// Commands, as they come in.
import {
  type CommandRefusalCode,
  decodeCommand,
  LineSplitter,
  MAX_LINE_BYTES_CEILING,
  type WireCommand,
} from "@mimolo/protocol/wire";
import type { Channel } from "./channel.ts";

export interface CommandEvents {
  command(command: WireCommand): void;
  /** Settles when more may be read; `false` ends the reading. */
  next(): Promise<boolean>;
  /** A line that is no command this SDK knows. */
  refused(code: CommandRefusalCode | "line-too-long", message: string): void;
}

/** Reads commands until the channel ends or `next` says so. */
export async function readCommands(channel: Channel, events: CommandEvents): Promise<void> {
  const waiting: WireCommand[] = [];
  const lines = new LineSplitter(
    { maxLineBytes: MAX_LINE_BYTES_CEILING },
    {
      line(bytes) {
        const decoded = decodeCommand(bytes);
        if (decoded.ok) waiting.push(decoded.command);
        else events.refused(decoded.code, decoded.message);
      },
      tooLong(_head, lengthBytes) {
        events.refused("line-too-long", `a command of ${lengthBytes} bytes`);
      },
    },
  );
  while (await events.next()) {
    const chunk = await channel.read();
    if (chunk === null) lines.end();
    else lines.push(chunk);
    for (const command of waiting.splice(0)) events.command(command);
    if (chunk === null) return;
  }
}
