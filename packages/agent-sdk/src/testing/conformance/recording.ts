// What one scenario saw: every line both ways, and beside them what was done to the process and what became of it.
import type { TranscriptLine } from "../transcript.ts";

/** A package's digest, or why there is none. */
export type Pack = { readonly sha256: string } | { readonly fault: string };

/** Something the kit did or saw that is no line. `at` is wall-clock time, ISO-8601. */
export type Happening =
  | { readonly what: "started"; readonly at: string; readonly pid: number; readonly command: readonly string[] }
  | { readonly what: "stdin-closed" }
  /** All its pipes were closed, as by a collector that was killed. */
  | { readonly what: "abandoned" }
  | { readonly what: "signal"; readonly signal: NodeJS.Signals }
  | { readonly what: "stdout-paused" }
  | { readonly what: "stdout-resumed" }
  /** Of the whole process group, since it was started (`cpu_ms`) and now. Only where the system tells. */
  | { readonly what: "usage"; readonly cpu_ms: number; readonly memory_mib: number; readonly processes: number }
  /** The kit waited for this, and it did not come. */
  | { readonly what: "not-seen"; readonly waited_for: string; readonly within_ms: number }
  /** More was written than is kept; the process was ended. */
  | { readonly what: "flood"; readonly lines: number; readonly bytes: number }
  /** The last line had no line end. */
  | { readonly what: "unfinished-line" }
  /** The line before was longer than what is kept of it. */
  | { readonly what: "long-line"; readonly bytes: number }
  /** The process ended by itself or by what was done to it; never told of one that the kit had to kill. */
  | { readonly what: "ended"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  /** It was still there when its time was over, and the kit killed it. */
  | { readonly what: "killed" }
  /** Files that were written outside its own folder, below its home, its temporary folder or the agents' data. */
  | { readonly what: "files"; readonly changed: readonly string[] }
  /** Processes that it had started and that were still there after its end, in its group and outside. */
  | { readonly what: "left-behind"; readonly processes: readonly string[] }
  /** What a plugin's folder says of itself; `manifest` null where it cannot be read, and `faults` says why. */
  | {
      readonly what: "plugin-folder";
      readonly faults: readonly string[];
      readonly manifest: Readonly<Record<string, unknown>> | null;
      /** Paths of its files, with `/`. */
      readonly files: readonly string[];
      /** What its defaults break of its own schema of settings; absent: it has none. */
      readonly unfit_defaults?: readonly string[];
      /** What packing it gave, before it ran and after; absent: nobody packed it. */
      readonly packs?: readonly Pack[];
    }
  /** A step of the scenario, for rules that have to know where they are. */
  | { readonly what: "step"; readonly name: string };

/** `at_ms` since the scenario began; `after` is how many of the recording's lines came before it. */
export type Mark = { readonly at_ms: number; readonly after: number } & Happening;

export interface Recording {
  readonly scenario: string;
  readonly lines: readonly TranscriptLine[];
  readonly marks: readonly Mark[];
}
