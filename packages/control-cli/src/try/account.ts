// What a session came to.
import type { Output } from "../output.ts";
import { printable } from "../present/width.ts";
import type { Ending, RuleFacts, SessionState } from "./session-state.ts";

export interface Account {
  /** By type; `unknown` and `refused` are lines that are no message of a known type. */
  readonly messages: Readonly<Record<string, number>>;
  /** Rules that are still broken, those first that are required. */
  readonly broken: readonly { id: string; required: boolean; seen: string; fix: string }[];
  readonly ended: Ending | null;
  readonly transcript?: string;
}

export function accountOf(
  { messages, broken, unmended, ended }: SessionState,
  rules: ReadonlyMap<string, RuleFacts>,
  transcript: string | undefined,
): Account {
  const all = [...broken, ...unmended].map(({ id, seen }) => {
    const { required = true, fix = "" } = rules.get(id) ?? {};
    return { id, required, seen, fix };
  });
  const sorted = all.toSorted((a, b) => Number(b.required) - Number(a.required) || (a.id < b.id ? -1 : 1));
  return { messages, broken: sorted, ended, ...(transcript === undefined ? {} : { transcript }) };
}

export function accountLines(
  { messages, broken, ended, transcript }: Account,
  mended: readonly string[],
  command: readonly string[],
  { colour, options }: Pick<Output, "colour" | "options">,
): string[] {
  const counts = Object.entries(messages).toSorted(([, a], [, b]) => b - a);
  const required = broken.filter((rule) => rule.required);
  const advice = broken.filter((rule) => !rule.required);
  const ids = (rules: Account["broken"]) => rules.map(({ id }) => id).join(" ");
  return [
    ...(options.quiet
      ? []
      : [
          "",
          `it said   ${counts.length === 0 ? "nothing" : counts.map(([type, count]) => `${count} ${type}`).join(", ")}`,
          `it ended  ${endText(ended)}`,
          ...(transcript === undefined ? [] : [`recorded  ${printable(transcript)}`]),
        ]),
    required.length === 0
      ? colour(
          "green",
          mended.length === 0 ? "✓ no rule was seen broken" : `✓ what broke holds again: ${mended.join(" ")}`,
        )
      : colour(
          "red",
          `✗ ${required.length} ${required.length === 1 ? "rule is" : "rules are"} broken: ${ids(required)}`,
        ),
    ...(advice.length === 0 ? [] : [`${colour("yellow", "!")} advice: ${ids(advice)}`]),
    ...(options.quiet
      ? []
      : [colour("dim", `  every rule: mimolo conform -- ${printable(command.map(quoted).join(" "))}`)]),
  ];
}

function endText(ended: Ending | null): string {
  if (ended === null) return "before it began";
  return ended.signal === null ? `with exit code ${ended.code}` : `by ${ended.signal}`;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
