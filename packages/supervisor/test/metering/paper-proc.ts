import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PaperProcess {
  pid: number;
  name?: string;
  state?: string;
  ppid?: number;
  pgrp?: number;
  utime?: number;
  stime?: number;
  cutime?: number;
  cstime?: number;
  start?: number;
  rss?: number;
  /** `smaps_rollup` exists when given. KiB. */
  pss?: number;
  /** `io` exists when given: bytes read and written. */
  io?: readonly [read: number, written: number];
}

/** The line that the kernel would print. */
export function statText(process: PaperProcess): string {
  const { pid, name = "sh", state = "S", ppid = 1, pgrp = pid, utime = 0, stime = 0, cutime = 0, cstime = 0 } = process;
  const { start = 1, rss = 0 } = process;
  const times = `${utime} ${stime} ${cutime} ${cstime} 20 -5 1 0 ${start}`;
  return `${pid} (${name}) ${state} ${ppid} ${pgrp} ${pgrp} 0 -1 4194304 1 2 3 4 ${times} 4096 ${rss} 18446744073709551615 1\n`;
}

/** A `/proc` of files. A new process with an old pid is another file, as in the real one. */
export class PaperProc {
  readonly root = mkdtempSync(join(tmpdir(), "mimolo-proc-"));

  /** Writes a process as it stands now. */
  put(process: PaperProcess): void {
    const folder = join(this.root, String(process.pid));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "stat"), statText(process));
    if (process.pss !== undefined)
      writeFileSync(join(folder, "smaps_rollup"), `x [rollup]\nRss: 1 kB\nPss: ${process.pss} kB\n`);
    if (process.io === undefined) return;
    const [read, written] = process.io;
    const calls = "rchar: 7\nwchar: 8\nsyscr: 9\nsyscw: 10";
    writeFileSync(
      join(folder, "io"),
      `${calls}\nread_bytes: ${read}\nwrite_bytes: ${written}\ncancelled_write_bytes: 3\n`,
    );
  }

  /** Says which pid was given last. */
  newest(pid: number): void {
    writeFileSync(join(this.root, "loadavg"), `0.00 0.01 0.05 1/100 ${pid}\n`);
  }

  /** Ends a process. A kept descriptor of it reads nothing any more. */
  end(pid: number): void {
    writeFileSync(join(this.root, String(pid), "stat"), "");
    rmSync(join(this.root, String(pid)), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
