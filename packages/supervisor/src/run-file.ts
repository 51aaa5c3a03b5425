import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { uptime } from "node:os";
import { dirname } from "node:path";
import { SupervisorError } from "./error.ts";

/** One process that was running: who it was, in a way that a reused pid cannot fake. */
export interface RunEntry {
  readonly pid: number;
  /** Value of `MIMOLO_RUN_ID` in its environment. */
  readonly nonce: string;
  /** Seconds between the boot of the machine and the start of the process. */
  readonly started_s: number;
}

/** The list of processes alive right now, on disk, so that the next start can find those we could not stop. */
export interface RunFile {
  add(entry: { readonly pid: number; readonly nonce: string }): void;
  remove(pid: number): void;
  /** Removes the file when nobody is left in it. */
  close(): void;
}

const COMPACT_AFTER_LINES = 1_000;

/** Opens an empty run file, mode 0600; read and reap what the last one left (`reapLeftovers`) before. One line is written per
 *  start and end, at once: it survives `kill -9`. Throws `run-file-unusable`. */
export function openRunFile(path: string): RunFile {
  return new JsonLinesRunFile(path);
}

/** Who was running when the file was last written; none if there is no file. Torn or foreign lines are skipped. */
export function readRunFile(path: string): RunEntry[] {
  const entries = new Map<number, RunEntry>();
  for (const line of textOf(path).split("\n")) {
    const entry = parse(line);
    if (entry === null) continue;
    if ("gone" in entry) entries.delete(entry.gone);
    else entries.set(entry.pid, entry);
  }
  return [...entries.values()];
}

class JsonLinesRunFile implements RunFile {
  readonly #path: string;
  readonly #entries = new Map<number, RunEntry>();
  #descriptor: number | null;
  #lines = 0;
  #asked = { atMs: Number.NEGATIVE_INFINITY, uptimeS: 0 };

  constructor(path: string) {
    this.#path = path;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      this.#descriptor = openSync(path, "w", 0o600);
    } catch (cause) {
      throw new SupervisorError("run-file-unusable", `cannot write ${path}`, { cause });
    }
  }

  add({ pid, nonce }: { readonly pid: number; readonly nonce: string }): void {
    const entry = { pid, nonce, started_s: this.#uptimeS() };
    this.#entries.set(pid, entry);
    this.#append(entry);
  }

  remove(pid: number): void {
    if (this.#entries.delete(pid)) this.#append({ gone: pid });
  }

  close(): void {
    if (this.#descriptor === null) return;
    closeSync(this.#descriptor);
    this.#descriptor = null;
    if (this.#entries.size === 0) rmSync(this.#path, { force: true });
  }

  // The system is asked once a second: every answer is a file of /proc that is opened and read.
  #uptimeS(): number {
    const nowMs = performance.now();
    if (nowMs - this.#asked.atMs > 1_000) this.#asked = { atMs: nowMs, uptimeS: uptime() };
    return this.#asked.uptimeS + (nowMs - this.#asked.atMs) / 1_000;
  }

  // A full disk must not keep agents from starting: the guardian still stands behind us.
  #append(line: object): void {
    if (this.#descriptor === null) return;
    try {
      if (++this.#lines > COMPACT_AFTER_LINES + 2 * this.#entries.size) this.#compact(this.#descriptor);
      else writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    } catch {
      return;
    }
  }

  #compact(old: number): void {
    const lines = [...this.#entries.values()].map((entry) => `${JSON.stringify(entry)}\n`);
    const fresh = openSync(`${this.#path}.new`, "w", 0o600);
    writeSync(fresh, lines.join(""));
    renameSync(`${this.#path}.new`, this.#path);
    this.#descriptor = fresh;
    closeSync(old);
    this.#lines = lines.length;
  }
}

function parse(line: string): RunEntry | { readonly gone: number } | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return null;
    if ("gone" in value && typeof value.gone === "number") return { gone: value.gone };
    if (!("pid" in value && "nonce" in value && "started_s" in value)) return null;
    const { pid, nonce, started_s } = value;
    // 0 and 1 would be our own group and everybody's.
    if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 2) return null;
    if (typeof nonce !== "string" || nonce === "") return null;
    return { pid, nonce, started_s: typeof started_s === "number" ? started_s : Number.NaN };
  } catch {
    return null;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
