import { basename } from "node:path";
import { COMMITS } from "./commit-log.ts";
import { parseHead } from "./entry.ts";
import type { Fault } from "./fault.ts";
import type { Survey } from "./survey.ts";

/** What a head file says against the chain that is to be gone on with; null when nothing. One that is behind is no fault
 *  as long as the chain runs through it. */
export function headFault(text: string | null, headFile: string, survey: Survey): Fault | null {
  const name = basename(headFile);
  const { head: end } = survey;
  if (text === null) return end.n > 0 ? { file: name, offset: 0, record: null, reason: "head-missing" } : null;
  if (end.n < 0) return { file: COMMITS, offset: 0, record: 0, reason: "genesis-missing" };
  const head = parseHead(text);
  if (head === null) return { file: name, offset: 0, record: null, reason: "head-changed" };
  if (head.n > end.n) return { file: COMMITS, offset: survey.end, record: end.n + 1, reason: "tail-cut" };
  if (survey.hashAt === head.hash) return null;
  if (head.n < end.n) return { file: name, offset: 0, record: head.n, reason: "head-changed" };
  return { file: COMMITS, offset: survey.lastOffset, record: head.n, reason: "head-differs" };
}
