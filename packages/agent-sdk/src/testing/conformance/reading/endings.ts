// How a life ended, in words.
import type { Mark, Recording } from "../recording.ts";
import { complaintIn } from "./complaint.ts";
import { marks } from "./lines.ts";

/** The end of its last life by itself; undefined where the kit had to kill it, or did so on purpose. */
export function endOf(recording: Recording): Extract<Mark, { what: "ended" }> | undefined {
  const [last] = marks(recording, "ended").slice(-1);
  const [started] = marks(recording, "started").slice(-1);
  return last !== undefined && started !== undefined && last.at_ms >= started.at_ms ? last : undefined;
}

export function endText({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string {
  return signal === null ? `it ended with exit code ${code}` : `it ended by ${signal}`;
}

/** What was waited for in vain, in words, or how it ended instead: the first time after a command or a step, or of all. */
export function inVain(recording: Recording, since: { readonly at_ms: number } = { at_ms: -1 }): string {
  const missed = marks(recording, "not-seen").find(({ at_ms: atMs }) => atMs > since.at_ms);
  const end = endOf(recording);
  const why = end === undefined ? `did not come within ${(missed?.within_ms ?? 0) / 1000} s` : "never came";
  const what = missed === undefined ? "" : `${missed.waited_for} ${why}`;
  const seen = [what, end === undefined ? "" : endText(end), lastComplaint(recording)].filter((text) => text !== "");
  return seen.length === 0 ? "it did not come" : seen.join("; ");
}

/** What its stderr says last, as a hint; empty where it wrote nothing there. */
export function lastComplaint({ lines }: Recording): string {
  const complaint = complaintIn(lines.flatMap(({ dir, line = "" }) => (dir === "err" ? [line] : [])));
  return complaint === "" ? "" : `its stderr says: ${complaint}`;
}
