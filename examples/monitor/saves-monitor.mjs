// A monitor of synthetic events: every poll "saves" a file or two, and every third poll nothing.
import { defineMonitor } from "@mimolo/agent-sdk";

const FILES = ["outline.md", "chapter-1.md", "chapter-2.md"];

/** A new monitor that begins at the first file. */
export function savesMonitor() {
  let poll = 0;
  return defineMonitor({
    id: "example.monitor",
    version: "1.0.0",
    label: "example_saves",
    dataHeader: "files",
    pollEverySeconds: 2,
    emitEvent: () => {
      poll += 1;
      if (poll % 3 === 0) return null;
      const files = [FILES[poll % FILES.length], FILES[0]];
      return { event: "files_saved", payload: { files } };
    },
    // What a segment keeps of all its events: each file once.
    filter: (items) => [...new Set(items.flat())].toSorted((a, b) => a.localeCompare(b)),
  });
}
