import { open } from "node:fs/promises";
import { join } from "node:path";
import type { LogLine } from "@mimolo/protocol";
import { listParts } from "./retention.ts";

const CHUNK_BYTES = 65_536;

/** Where reading stopped; hand it in again to read only what came since. */
export interface DiagnosticsPosition {
  file: string;
  offset: number;
}

/** The written diagnostics, oldest first. `position` is moved along as lines are yielded. */
export async function* readDiagnostics(
  directory: string,
  filter: { label?: string | undefined; position?: DiagnosticsPosition | undefined } = {},
): AsyncGenerator<LogLine> {
  const { label, position } = filter;
  const parts = await listParts(directory);
  const from =
    position === undefined
      ? 0
      : Math.max(
          0,
          parts.findIndex((part) => part.file === position.file),
        );
  for (const part of parts.slice(from)) {
    const offset = position !== undefined && part.file === position.file ? position.offset : 0;
    for await (const { text, end } of wholeLines(join(directory, part.file), offset)) {
      if (position !== undefined) Object.assign(position, { file: part.file, offset: end });
      const line = readLine(text);
      if (line !== null && (label === undefined || line.label === label)) yield line;
    }
  }
}

async function* wholeLines(file: string, offset: number): AsyncGenerator<{ text: string; end: number }> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return;
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    let at = offset;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, at + rest.length);
      if (bytesRead === 0) return;
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, start)) {
        yield { text: data.toString("utf8", start, end), end: at + end + 1 };
        start = end + 1;
      }
      at += start;
      rest = data.subarray(start);
    }
  } finally {
    await handle.close();
  }
}

function readLine(text: string): LogLine | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && Object.hasOwn(value, "at") ? (value as LogLine) : null;
  } catch {
    // A torn last line after a crash: diagnostics promise nothing more.
    return null;
  }
}
