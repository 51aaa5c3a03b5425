// An evidence line before it has its number: the number is given when it goes out, the time and the bytes are of now.
import { encodeLine } from "@mimolo/protocol/wire";
import { isoTime } from "./iso-time.ts";
import type { Draft } from "./voice.ts";

/** What the number, and the stream beside it, may add to a line. */
export const MOST_NUMBER_BYTES = 80;

/** The two halves of a line; its number stands between them. */
export interface EvidenceLine {
  readonly head: string;
  readonly tail: string;
}

/** The line of `draft`, stamped `wallMs` unless it has a time of its own. Throws what `JSON.stringify` throws. */
export function evidenceLine(draft: Draft, wallMs: number): EvidenceLine {
  const { type, timestamp = isoTime(wallMs), ...fields } = draft;
  const tail = encodeLine(fields).slice(1);
  return {
    head: `{"type":${JSON.stringify(type)},"timestamp":${JSON.stringify(timestamp)},"seq":`,
    tail: tail === "}\n" ? tail : `,${tail}`,
  };
}

/** The line with its number; `stream` only where the handshake announced another. */
export function numbered({ head, tail }: EvidenceLine, seq: number, stream: string | null): string {
  return stream === null ? `${head}${seq}${tail}` : `${head}${seq},"stream":${JSON.stringify(stream)}${tail}`;
}
