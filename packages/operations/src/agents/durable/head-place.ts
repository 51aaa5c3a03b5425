import type { RefusedMessage } from "@mimolo/supervisor";
import { type Place, placeOf } from "./place.ts";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** The place of a line that was refused, as far as it can be known: settled by that, or it would be sent again for ever. A line
 *  that is no JSON has none: it may be half of one that comes whole later. */
export function refusedPlace(refusal: RefusedMessage, announced: string | undefined): Place | undefined {
  const { code, seq, head, stream } = refusal;
  const isWholeLine = code === "line-too-long" || code === "too-deep";
  const read = seq === undefined && isWholeLine ? readHead(head) : { seq, stream };
  return (
    placeOf({ seq: read.seq, ...(read.stream === undefined ? {} : { stream: read.stream }) }, announced) ?? undefined
  );
}

/** What the first bytes of evidence say at its top level. */
function readHead(head: Uint8Array): { seq?: number | undefined; stream?: unknown } {
  const fields = new Map<string, unknown>();
  let [depth, key, last] = [0, "", ""];
  for (const [token] of Buffer.from(head).toString("utf8").matchAll(TOKEN)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (token === ":" && depth === 1) key = last;
    else if (token === "," && depth === 1) {
      if (key !== "") fields.set(key, last);
      key = "";
    } else if (depth === 1) last = token;
  }
  const type = fields.get('"type"');
  const seq = Number(fields.get('"seq"'));
  if ((type !== '"summary"' && type !== '"event"') || !Number.isSafeInteger(seq) || seq < 1) return {};
  return { seq, stream: textOf(fields.get('"stream"')) };
}

function textOf(token: unknown): unknown {
  try {
    return typeof token === "string" ? JSON.parse(token) : undefined;
  } catch {
    return undefined;
  }
}
