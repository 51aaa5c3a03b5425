import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@mimolo/supervisor";
import type { LogLine } from "@mimolo/protocol";
import { AgentLane } from "./agent-lane.ts";
import { entry, theCollector } from "./entry.ts";
import { Scrub } from "../secrets/scrub.ts";
import { applyRetention } from "./retention.ts";

const FLUSH_AFTER_MS = 200;
/** What all agents may say at once fits in. */
const MAX_BUFFERED_BYTES = 8_388_608;
const MAX_PART_BYTES = 8_388_608;

export interface DiagnosticsOptions {
  directory: string;
  clock: Clock;
  /** `false`: nothing is written, listeners still hear every line that would be. */
  enabled: boolean;
  /** Files older than this many UTC days go. */
  retentionDays: number;
  /** Oldest files go while the folder holds more than this many MiB. */
  maxMib: number;
  /** Hears every line that is kept, at once, e.g. for a terminal. */
  heard?: (line: LogLine) => void;
}

/** The diagnostics plane: one JSON line each, by UTC day, limited in age and size, never part of the evidence. */
export class DiagnosticsLog {
  /** What nobody is to read here, nor whoever listens. */
  readonly scrub = new Scrub();
  readonly #options: DiagnosticsOptions;
  readonly #closed = new AbortController();
  readonly #lanes = new Map<string, AgentLane>();
  #buffer: string[] = [];
  #bufferedBytes = 0;
  #dropped = 0;
  #scheduled = false;
  #writing: Promise<void> = Promise.resolve();
  #file = { day: "", part: 1, bytes: 0 };

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  /** Takes one line. Never waits; what is more than an agent's share, or than a stuck disk takes, is counted. */
  write(said: LogLine): void {
    const line = this.#cleaned(said);
    if (line.label === null) this.#write(line);
    else this.#laneOf(line.label).take(line);
  }

  /** An agent chooses its words: what is one of them may be a secret too. */
  #cleaned(said: LogLine): LogLine {
    const { scrub } = this;
    const message = scrub.clean(said.message);
    const type = scrub.clean(said.type);
    const code = said.code === undefined ? undefined : scrub.clean(said.code);
    if (message === said.message && type === said.type && code === said.code) return said;
    return { ...said, type, message, ...(code === undefined ? {} : { code }) };
  }

  /** How many `log` lines and the like of an agent newer ones pushed out. */
  droppedLogs(label: string): number {
    return this.#lanes.get(label)?.droppedLogs ?? 0;
  }

  #laneOf(label: string): AgentLane {
    const known = this.#lanes.get(label);
    if (known !== undefined) return known;
    const { clock } = this.#options;
    const lane = new AgentLane({ clock, closed: this.#closed.signal, write: (line) => this.#write(line) });
    this.#lanes.set(label, lane);
    return lane;
  }

  #write(line: LogLine): void {
    this.#options.heard?.(line);
    if (!this.#options.enabled) return;
    const text = `${JSON.stringify(line)}\n`;
    if (this.#bufferedBytes + text.length > MAX_BUFFERED_BYTES) {
      this.#dropped++;
      return;
    }
    this.#buffer.push(text);
    this.#bufferedBytes += text.length;
    if (this.#scheduled || this.#closed.signal.aborted) return;
    this.#scheduled = true;
    this.#options.clock.after(FLUSH_AFTER_MS, () => this.#due(), this.#closed.signal);
  }

  /** Writes what is buffered. Never rejects. */
  flush(): Promise<void> {
    const lines = this.#buffer;
    if (lines.length === 0) return this.#writing;
    this.#buffer = [];
    this.#bufferedBytes = 0;
    this.#writing = this.#writing.then(() => this.#append(lines));
    return this.#writing;
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes.values()) lane.drain();
    this.#closed.abort();
    await this.flush();
  }

  #due(): void {
    this.#scheduled = false;
    void this.flush();
  }

  async #append(lines: string[]): Promise<void> {
    const { directory, retentionDays, maxMib, clock } = this.#options;
    const text = lines.join("");
    try {
      const at = new Date(clock.wallMs());
      const day = at.toISOString().slice(0, 10);
      if (day !== this.#file.day) {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        this.#file = { day, ...(await applyRetention(directory, { day, retentionDays, maxMib })) };
      } else if (this.#file.bytes > MAX_PART_BYTES) {
        await applyRetention(directory, { day, retentionDays, maxMib });
        this.#file = { day, part: this.#file.part + 1, bytes: 0 };
      }
      await appendFile(join(directory, partName(day, this.#file.part)), text, { mode: 0o600 });
      this.#file.bytes += Buffer.byteLength(text);
      if (this.#dropped > 0) this.#sayDropped(at);
    } catch {
      this.#dropped += lines.length;
    }
  }

  #sayDropped(at: Date): void {
    const message = `${this.#dropped} diagnostics lines were dropped because the disk did not take them`;
    this.#dropped = 0;
    const what = { type: "collector", level: "warning", code: "diagnostics-dropped", message } as const;
    this.#write(entry(theCollector, at.getTime(), what));
  }
}

/** `2026-11-21.jsonl`, then `2026-11-21.2.jsonl`. */
export function partName(day: string, part: number): string {
  return part === 1 ? `${day}.jsonl` : `${day}.${part}.jsonl`;
}
