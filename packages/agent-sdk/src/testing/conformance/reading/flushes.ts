// What lies around a flush: where it was told, what came before its ack and after it.
import type { Recording } from "../recording.ts";
import { between, marks, messages, type Said, said, type Told, told } from "./lines.ts";

/** The flush of a recording that is the first from line `from` on; undefined where none was told. */
export function flushFrom(recording: Recording, from = 0): Told | undefined {
  return told(recording, "flush").find(({ index }) => index >= from);
}

/** The acks after a command that name it, whatever id they carry, up to the next command of that name. */
export function acksOf(recording: Recording, command: Told) {
  const next = told(recording, command.cmd ?? "").find(({ index }) => index > command.index);
  return between(messages(recording, "ack"), command.index, next?.index).filter(
    ({ message }) => message.ack_command === command.cmd,
  );
}

/** The lines that say they are of that type, valid or not: a faulty one has a rule of its own. */
export function ofType(recording: Recording, type: string): Said[] {
  return said(recording).filter(({ object }) => object?.["type"] === type);
}

/** Whether the process that was told this had ended before. */
export function hadEnded(recording: Recording, { index }: Told): boolean {
  const lives = marks(recording, "started").filter(({ after }) => after <= index);
  const began = lives.at(-1)?.at_ms ?? 0;
  return marks(recording, "ended").some(({ after, at_ms: atMs }) => after <= index && atMs >= began);
}
