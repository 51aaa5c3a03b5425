// What the collector hands this program to run; it has judged the files by the digests it names.
import { cut } from "./output/cut.ts";

/** How what a command prints is to be read. */
export const OUTPUT_FORMATS = ["lines", "json", "nagios", "influx"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Every summary and every fault carries the name. */
const LONGEST_NAME = 1_000;

/** One command, whole: the walls around it, if there are some, are part of `executable` and `args`. */
export interface Task {
  readonly as: OutputFormat;
  readonly executable: string;
  readonly args: readonly string[];
  /** The files that were judged, with the SHA-256 (hex) each had. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** How many descriptors from 3 on hold bytes that the command is to be handed again at each run. */
  readonly inherited: number;
  /** Whether `executable` only starts the command, and tells a signal that ended it as a code of 128 + n. */
  readonly wrapped: boolean;
  /** The command's name for people: as it was configured, the first 1,000 characters. */
  readonly name: string;
}

/** The variable the task comes in; the command itself does not see it. */
export const TASK_VARIABLE = "MIMOLO_COMMAND";

/** Reads the task; a sentence for the author of the configuration where there is none. */
export function readTask(text: string | undefined): Task | string {
  if (text === undefined || text === "")
    return "no command was given; one is added with: mimolo add LABEL --every 60s --as lines -- CMD";
  try {
    const read: unknown = JSON.parse(text);
    return isTask(read) ? { ...read, name: shortened(read.name) } : `${TASK_VARIABLE} is no task`;
  } catch (error) {
    return `${TASK_VARIABLE} is no JSON: ${(error as Error).message}`;
  }
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${cut(name, LONGEST_NAME - 1)}…`;
}

function isTask(read: unknown): read is Task {
  if (typeof read !== "object" || read === null) return false;
  const { as, executable, args, files, inherited, wrapped, name } = read as Record<string, unknown>;
  return (
    OUTPUT_FORMATS.some((format) => format === as) &&
    typeof executable === "string" &&
    typeof name === "string" &&
    Number.isInteger(inherited) &&
    typeof wrapped === "boolean" &&
    Array.isArray(args) &&
    args.every((each) => typeof each === "string") &&
    Array.isArray(files) &&
    files.every((each) => typeof each?.path === "string" && typeof each?.sha256 === "string")
  );
}
