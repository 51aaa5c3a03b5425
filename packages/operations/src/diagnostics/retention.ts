import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const DAY_MS = 86_400_000;
const FILE_PATTERN = /^(\d{4}-\d\d-\d\d)(?:\.(\d+))?\.jsonl$/;

interface Part {
  file: string;
  day: string;
  part: number;
  bytes: number;
}

/** Removes diagnostics that are too old or too many, oldest first, and returns where today's file stands. */
export async function applyRetention(
  directory: string,
  limits: { day: string; retentionDays: number; maxMib: number },
): Promise<{ part: number; bytes: number }> {
  const parts = await listParts(directory);
  const oldestDay = new Date(Date.parse(limits.day) - limits.retentionDays * DAY_MS).toISOString().slice(0, 10);
  let total = parts.reduce((sum, part) => sum + part.bytes, 0);
  const kept: Part[] = [];
  for (const part of parts) {
    const tooOld = part.day < oldestDay;
    const tooMuch = total > limits.maxMib * 1_048_576 && part !== parts.at(-1);
    if (tooOld || tooMuch) {
      await rm(join(directory, part.file), { force: true });
      total -= part.bytes;
    } else {
      kept.push(part);
    }
  }
  const today = kept.findLast((part) => part.day === limits.day);
  return { part: today?.part ?? 1, bytes: today?.bytes ?? 0 };
}

/** The diagnostics files, oldest first. */
export async function listParts(directory: string): Promise<Part[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  const parts: Part[] = [];
  for (const file of names) {
    const match = FILE_PATTERN.exec(file);
    if (match?.[1] === undefined) continue;
    const { size } = await stat(join(directory, file)).catch(() => ({ size: 0 }));
    parts.push({ file, day: match[1], part: Number(match[2] ?? 1), bytes: size });
  }
  return parts.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.part - b.part));
}
