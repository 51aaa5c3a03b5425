// What an agent has shown at first contact that it can do: rules that rest on it do not apply where it cannot.
import type { Recording } from "../recording.ts";
import { endOf } from "./endings.ts";
import { answersTo, told } from "./lines.ts";

export function answersFlush(recordings: readonly Recording[]): boolean {
  const first = recordings.find(({ scenario }) => scenario === "first-contact");
  if (first === undefined) return false;
  return told(first, "flush").some((flush) => answersTo(first, flush).length > 0);
}

/** Whether it ended when it was told to shut down. */
export function endsOnShutdown(recordings: readonly Recording[]): boolean {
  const first = recordings.find(({ scenario }) => scenario === "first-contact");
  return first !== undefined && told(first, "shutdown").length > 0 && endOf(first) !== undefined;
}
