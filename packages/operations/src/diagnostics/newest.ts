import type { LogLine } from "@mimolo/protocol";
import { readDiagnostics } from "./read.ts";
import { listParts } from "./retention.ts";

/** The newest `limit` lines, oldest of them first; older files are read only while there are too few. */
export async function newestDiagnostics(
  directory: string,
  { label, limit }: { label?: string | undefined; limit: number },
): Promise<LogLine[]> {
  const parts = await listParts(directory);
  let newest: LogLine[] = [];
  for (let part = parts.length - 1; part >= 0 && newest.length < limit; part -= 1) {
    const file = parts[part]?.file ?? "";
    const older: LogLine[] = [];
    const position = { file, offset: 0 };
    for await (const line of readDiagnostics(directory, { label, position })) {
      // What follows is in files that were read already.
      if (position.file !== file) break;
      older.push(line);
      if (older.length > 2 * limit) older.splice(0, older.length - limit);
    }
    newest = [...older, ...newest].slice(-limit);
  }
  return newest;
}
