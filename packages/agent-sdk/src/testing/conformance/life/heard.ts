// What an agent has said in one life, read once as it comes: among ten thousand lines nobody looks for it again.
import type { Handshake, MessageType } from "@mimolo/protocol/wire";
import { type Message, messages, type Said, said } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";

/** A record of durable evidence. */
interface Numbered {
  readonly stream: string;
  readonly seq: number;
}

export class Heard {
  readonly #messages: Message[] = [];
  #handshake: Handshake | undefined;

  /** The first it said. */
  get handshake(): Handshake | undefined {
    return this.#handshake;
  }

  /** All of one type, or all. */
  messages<Type extends MessageType = MessageType>(type?: Type): Message<Type>[] {
    if (type === undefined) return this.#messages as Message<Type>[];
    return this.#messages.filter(({ message }) => message.type === type) as Message<Type>[];
  }

  /** The last match; from the end, for there may be thousands, and everybody looks again for each. */
  last(isIt: (message: Message) => boolean): Message | undefined {
    return this.#messages.findLast(isIt);
  }

  /** Reads the recording's last line; the record that it is, if it is one. */
  takeLast(recording: Recording): Numbered | undefined {
    const last = recording.lines.length - 1;
    const [heard] = said(recording, last);
    const [message] = messages(recording, undefined, last);
    if (message !== undefined) this.#messages.push(message);
    if (message?.message.type === "handshake") this.#handshake ??= message.message;
    return heard === undefined ? undefined : this.#recordIn(heard);
  }

  #recordIn({ object }: Said): Numbered | undefined {
    const seq = object?.["seq"];
    const stream = object?.["stream"] ?? this.#handshake?.stream;
    return typeof seq === "number" && typeof stream === "string" ? { stream, seq } : undefined;
  }
}
