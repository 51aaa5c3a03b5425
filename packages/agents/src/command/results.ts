// From runs to summaries: what the window saw, as far as it fits a line.
import { type SummaryWindow, summaryWindow } from "../window.ts";
import { type CommandRun, faultOf } from "./command-run.ts";
import { readOutput } from "./output/read-output.ts";
import type { OutputFormat } from "./task.ts";
import { wordsOf } from "./words.ts";

/** One run, in a summary. Beside these stands what its format has: `lines, lines_total` · `value` · `state, text, perfdata` ·
 *  `points, points_total`. */
export interface CommandResult extends Readonly<Record<string, unknown>> {
  /** When it began, ISO-8601 UTC. */
  readonly at: string;
  readonly took_ms: number;
  readonly exit_code: number | null;
  /** Why it says nothing: it failed, or what it printed is not of its format. */
  readonly fault?: string;
  /** Whether it printed more than was read. */
  readonly truncated?: true;
  readonly stderr?: string;
}

/** The `data` of a summary. */
export interface CommandData extends Readonly<Record<string, unknown>> {
  readonly schema: `command.${OutputFormat}.v1`;
  readonly window: SummaryWindow;
  readonly command: string;
  /** What the newest run came to, in a line; absent before the first, and where one is under way and none ended. */
  readonly latest?: string;
  /** Where none ended and none is under way: when the last one before began, ISO-8601 UTC; absent before the first. */
  readonly not_run_since?: string;
  /** Of the window; `failed` are those with a `fault`. */
  readonly runs: number;
  readonly failed: number;
  /** Runs that were due while one was still under way. */
  readonly skipped: number;
  /** The newest results, oldest first, as far as they fit. */
  readonly results: readonly CommandResult[];
  readonly results_dropped: number;
}

/** What one line may carry, of the wire's 64 KiB. */
const MOST_BYTES = 45_000;
const MOST_RESULTS = 60;
/** What the lines or points of one run may take of it; the rest is for stderr, six bytes a character at worst. */
const LIST_BYTES = MOST_BYTES - 13_000;

export class Results {
  readonly #as: OutputFormat;
  readonly #command: string;
  #windowStartMs: number;
  #results: CommandResult[] = [];
  #runs = 0;
  #failed = 0;
  #skipped = 0;
  #dropped = 0;
  #changed = false;
  #spoke = false;
  #latest: CommandResult | null = null;
  /** What it printed the time before, to tell a change. */
  #before: string | null = null;

  constructor(as: OutputFormat, command: string, nowMs: number) {
    this.#as = as;
    this.#command = command;
    this.#windowStartMs = nowMs;
  }

  /** The newest result; `null` before the first. */
  get latest(): CommandResult | null {
    return this.#latest;
  }

  get pending(): number {
    return this.#runs;
  }

  /** Takes a run; says whether its output is another than the time before, and whether there was any. */
  take(run: CommandRun): { result: CommandResult; changed: boolean; spoke: boolean } {
    const result = resultOf(this.#as, run);
    const said = JSON.stringify([run.stdout, run.exitCode]);
    const changed = this.#before !== null && said !== this.#before;
    const spoke = run.stdout.trim() !== "";
    this.#before = said;
    this.#latest = result;
    this.#runs += 1;
    if (result.fault !== undefined) this.#failed += 1;
    this.#changed ||= changed;
    this.#spoke ||= spoke;
    this.#results.push(result);
    if (this.#results.length > MOST_RESULTS) {
      this.#results.shift();
      this.#dropped += 1;
    }
    return { result, changed, spoke };
  }

  skip(): void {
    this.#skipped += 1;
  }

  /** Everything up to now; the next window begins. */
  takeSummary(endMs: number, { isUnderWay = false } = {}): { data: CommandData; changed: boolean; spoke: boolean } {
    const kept = fitting(this.#results, MOST_BYTES);
    const isIdle = this.#runs === 0 && !isUnderWay;
    const newest = isIdle ? this.#latest : this.#results.at(-1);
    const data: CommandData = {
      schema: `command.${this.#as}.v1`,
      window: summaryWindow(this.#windowStartMs, endMs),
      command: this.#command,
      ...(newest ? { latest: wordsOf(newest) } : {}),
      ...(newest && isIdle ? { not_run_since: newest.at } : {}),
      runs: this.#runs,
      failed: this.#failed,
      skipped: this.#skipped,
      results: kept,
      results_dropped: this.#dropped + this.#results.length - kept.length,
    };
    const told = { data, changed: this.#changed, spoke: this.#spoke };
    this.#windowStartMs = endMs;
    this.#results = [];
    this.#runs = 0;
    this.#failed = 0;
    this.#skipped = 0;
    this.#dropped = 0;
    this.#changed = false;
    this.#spoke = false;
    return told;
  }
}

function resultOf(as: OutputFormat, run: CommandRun): CommandResult {
  const { startedMs, tookMs, exitCode, truncated, stderr } = run;
  const head = { at: new Date(startedMs).toISOString(), took_ms: tookMs, exit_code: exitCode };
  const rest = { ...(truncated ? { truncated } : {}), ...(stderr === "" ? {} : { stderr }) };
  const fault = faultOf(run);
  if (fault !== null) return { ...head, fault, ...rest };
  const read = readOutput(as, run);
  if (!read.ok) return { ...head, fault: read.why, ...rest };
  const failed = as !== "nagios" && exitCode !== 0 ? { fault: `it ended with exit code ${exitCode}` } : {};
  const result = { ...head, ...failed, ...read.fields, ...rest };
  if (bytesOf(result) <= MOST_BYTES) return result;
  const { lines, points } = read.fields;
  if (as === "nagios") return { ...head, ...stateOf(read.fields), ...rest };
  const kept = fitting<unknown>(
    Array.isArray(lines) ? lines : Array.isArray(points) ? points.toReversed() : [],
    LIST_BYTES,
  );
  if (kept.length > 0)
    return { ...result, ...(Array.isArray(lines) ? { lines: kept } : { points: kept.toReversed() }) };
  return { ...head, fault: tooLarge(result), ...rest };
}

/** A check's word without what comes with it: the state is what everybody waits for. */
function stateOf({ state, text, perfdata, perfdata_unread: unread }: Readonly<Record<string, unknown>>): object {
  const left = (Array.isArray(perfdata) ? perfdata.length : 0) + (typeof unread === "number" ? unread : 0);
  return { state, text, ...(left === 0 ? {} : { perfdata_unread: left }) };
}

function tooLarge(result: object): string {
  return `what it printed takes ${bytesOf(result)} bytes as JSON, more than the ${MOST_BYTES} a summary has room for`;
}

/** The last that fit together. */
function fitting<Each>(each: readonly Each[], most: number): readonly Each[] {
  let room = most;
  let first = each.length;
  while (first > 0) {
    room -= bytesOf(each[first - 1]) + 1;
    if (room < 0) break;
    first -= 1;
  }
  return each.slice(first);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
