// A Nagios check: its exit code is the state, its first line the word on it, behind | stand numbers.
import type { CommandRun } from "../command-run.ts";
import { cut } from "./cut.ts";
import type { ReadOutput } from "./read-output.ts";
import { readPerformanceData } from "./perfdata.ts";

/** By exit code. */
const STATES = ["ok", "warning", "critical", "unknown"] as const;

const MOST_TEXT = 4_096;

/** Every exit code of a check is an answer; those beyond 3 mean that it does not know. */
export function readNagios({ stdout, exitCode }: Pick<CommandRun, "stdout" | "exitCode">): ReadOutput {
  const state = STATES[exitCode ?? 3] ?? "unknown";
  const [first = "", ...more] = stdout.trimEnd().split(/\r?\n/);
  const head = split(first);
  const long: string[] = [];
  const numbers = [head.after];
  // Behind the second | of the output only numbers follow.
  let isNumbers = false;
  for (const line of more) {
    const { before, after, isCut }: Split = isNumbers ? { before: "", after: line, isCut: true } : split(line);
    if (!isNumbers) long.push(before);
    isNumbers ||= isCut;
    numbers.push(after);
  }
  const { values, unread } = readPerformanceData(numbers.join(" "));
  const longText = cut(long.join("\n").trimEnd(), MOST_TEXT);
  return {
    ok: true,
    fields: {
      state,
      text: cut(head.before, MOST_TEXT),
      ...(longText === "" ? {} : { long_text: longText }),
      ...(values.length === 0 ? {} : { perfdata: values }),
      ...(unread === 0 ? {} : { perfdata_unread: unread }),
    },
  };
}

interface Split {
  readonly before: string;
  readonly after: string;
  readonly isCut: boolean;
}

function split(line: string): Split {
  const at = line.indexOf("|");
  if (at === -1) return { before: line.trimEnd(), after: "", isCut: false };
  return { before: line.slice(0, at).trimEnd(), after: line.slice(at + 1), isCut: true };
}
