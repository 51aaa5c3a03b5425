import { MAX_STREAM_LENGTH } from "@mimolo/protocol/wire";

/** Where evidence stands: number `agentSeq` of `stream`. */
export interface Place {
  readonly stream: string;
  readonly agentSeq: number;
}

/** The place of a line. A process that announced no stream has no places; a line that was moved to another stream names that
 *  one itself. `undefined`: it has none; `null`: what it names is no stream. */
export function placeOf(
  message: { readonly seq?: number | undefined; readonly [field: string]: unknown },
  announced: string | undefined,
): Place | undefined | null {
  const { seq: agentSeq, stream = announced } = message;
  if (announced === undefined || agentSeq === undefined) return undefined;
  if (typeof stream !== "string" || stream === "" || stream.length > MAX_STREAM_LENGTH) return null;
  return { stream, agentSeq };
}
