// How much of the kernel's notification machinery one agent may take.
import { readFileSync } from "node:fs";

/** `watches`: folders this agent may watch. `queuedEvents`: where the kernel starts to drop events without a word. */
export interface KernelLimits {
  readonly watches: number;
  readonly queuedEvents: number;
}

/** A tenth of the user's inotify watches; elsewhere, where no such limit is published, 4,096 folders. */
export function kernelLimits(): KernelLimits {
  const watches = readNumber("/proc/sys/fs/inotify/max_user_watches");
  return {
    watches: watches === null ? 4_096 : Math.max(1, Math.floor(watches / 10)),
    queuedEvents: readNumber("/proc/sys/fs/inotify/max_queued_events") ?? 16_384,
  };
}

function readNumber(path: string): number | null {
  try {
    const value = Number.parseInt(readFileSync(path, "ascii"), 10);
    return Number.isSafeInteger(value) && value > 0 ? value : null;
  } catch {
    return null;
  }
}
