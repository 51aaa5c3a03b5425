// What an agent says without having been asked.
import type { Recording } from "../recording.ts";
import { type Said, said, type Told, told, typeOf } from "./lines.ts";

const ANSWERS: readonly string[] = ["ack", "result", "status", "summary", "widget_frame"];
/** Commands that an ack ends. */
const ACKNOWLEDGED: readonly string[] = ["flush", "lifecycle", "sequence", "start", "stop"];
/** So many lines beside its answer are of a command; what pours on is of the agent alone. */
const MOST_BESIDE = 10;

/** Lines that are no answers, and not said over a command that waits for its ack: who is asked a thousand times in a second, and
 *  logs each, floods nobody. */
export function unaskedIn(recording: Recording): Said[] {
  const waiting = new Map<string, { readonly cmd: string | null; left: number }>();
  const unasked: Said[] = [];
  for (const each of bothWays(recording)) {
    if ("cmd" in each) {
      const { cmd, id } = each;
      if (id !== undefined && ACKNOWLEDGED.includes(cmd ?? "")) waiting.set(id, { cmd, left: MOST_BESIDE });
      continue;
    }
    const type = typeOf(each);
    if (type === "ack") waiting.delete(acknowledged(each, waiting));
    if (ANSWERS.includes(type)) continue;
    const [oldest] = waiting;
    if (oldest === undefined) {
      unasked.push(each);
      continue;
    }
    const [id, command] = oldest;
    command.left -= 1;
    if (command.left === 0) waiting.delete(id);
  }
  return unasked;
}

function bothWays(recording: Recording): (Said | Told)[] {
  return [...said(recording), ...told(recording)].toSorted((a, b) => a.index - b.index);
}

/** The id of the command that an ack ends; acks of 0.3 have only its name. */
function acknowledged({ object }: Said, waiting: ReadonlyMap<string, { readonly cmd: string | null }>): string {
  const id = object?.["id"];
  if (typeof id === "string") return id;
  return [...waiting].find(([, { cmd }]) => cmd === object?.["ack_command"])?.[0] ?? "";
}
