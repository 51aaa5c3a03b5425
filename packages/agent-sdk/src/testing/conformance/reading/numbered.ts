// Evidence of durable agents: which record of which stream a line is.
import type { Recording } from "../recording.ts";
import { isMonitor } from "./announced.ts";
import { features, marks, messages, type Said, said, told, typeOf } from "./lines.ts";

export interface Numbered extends Said {
  readonly seq: number;
  readonly stream: string;
  /** 0 for the first life of the recording. */
  readonly life: number;
}

export function isDurable(recording: Recording): boolean {
  return features(recording).includes("durable_ack");
}

/** Lines of evidence, valid or not. */
export function evidenceOf(recording: Recording): Said[] {
  const kinds = isMonitor(recording) ? ["summary", "event"] : ["summary"];
  return said(recording).filter((line) => kinds.includes(typeOf(line)));
}

export function hasNumber({ object }: Said): boolean {
  const seq = object?.["seq"];
  return Number.isSafeInteger(seq) && (seq as number) >= 1;
}

/** Every evidence line that has a number and whose stream is known. */
export function numbered(recording: Recording): Numbered[] {
  const starts = marks(recording, "started").map(({ after }) => after);
  const handshakes = messages(recording, "handshake");
  return evidenceOf(recording).flatMap((line) => {
    if (!hasNumber(line)) return [];
    const announced = handshakes.findLast(({ index }) => index < line.index)?.message.stream;
    const stream = line.object?.["stream"] ?? announced;
    const life = starts.filter((after) => after <= line.index).length - 1;
    return typeof stream === "string" ? [{ ...line, seq: Number(line.object?.["seq"]), stream, life }] : [];
  });
}

/** What the collector had committed of a stream by line `to`. */
export function committedBy(recording: Recording, stream: string, to: number): number {
  let most = 0;
  for (const { index, params } of told(recording, "committed")) {
    const { stream: of, through } = params;
    if (index < to && of === stream && typeof through === "number") most = Math.max(most, through);
  }
  return most;
}
