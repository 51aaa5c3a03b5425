// Whether the collector before us took its leave: a line when one begins, a line when it ends.
import { daysIn, linesOfDay } from "./day-files.ts";

export const beginLine = (atMs: number) => JSON.stringify({ begun: new Date(atMs).toISOString() });
export const endLine = (atMs: number) => JSON.stringify({ ended: new Date(atMs).toISOString() });

/** Whether the last collector died before it wrote down its last minute. */
export async function wasCut(folder: string): Promise<boolean> {
  const newest = (await daysIn(folder)).at(-1);
  if (newest === undefined) return false;
  let last = "";
  for await (const line of linesOfDay(folder, newest)) if (line !== "") last = line;
  return !last.startsWith('{"ended":');
}
