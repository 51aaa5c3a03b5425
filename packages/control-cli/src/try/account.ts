// What a session came to.
import type { Output } from "../output.ts";
import { printable, wrapAnywhere } from "../present/width.ts";
import type { Ending, RuleFacts, SessionState } from "./session-state.ts";

const NONE_BROKEN = "✓ no rule was seen broken";
const MOST_OF_ERROR = 300;

export interface Account {
  /** By type; `unknown` and `refused` are lines that are no message of a known type. */
  readonly messages: Readonly<Record<string, number>>;
  /** Rules that are still broken, those first that are required. */
  readonly broken: readonly { id: string; required: boolean; seen: string; fix: string }[];
  /** What its last life reported as errors: each text once, the first few of them, and how many there were. */
  readonly errors: { readonly count: number; readonly texts: readonly string[] };
  /** Why its last life came to nothing; null where it did not. */
  readonly never_started: string | null;
  readonly ended: Ending | null;
  readonly transcript?: string;
}

export function accountOf(
  { messages, broken, unmended, errors: texts, errorCount: count, neverStarted, ended }: SessionState,
  rules: ReadonlyMap<string, RuleFacts>,
  transcript: string | undefined,
): Account {
  const all = [...broken, ...unmended].map(({ id, seen }) => {
    const { required = true, fix = "" } = rules.get(id) ?? {};
    return { id, required, seen, fix };
  });
  const sorted = all.toSorted((a, b) => Number(b.required) - Number(a.required) || (a.id < b.id ? -1 : 1));
  const errors = { count, texts };
  const recorded = transcript === undefined ? {} : { transcript };
  return { messages, broken: sorted, errors, never_started: neverStarted, ended, ...recorded };
}

export function accountLines(
  { messages, broken, errors, never_started: never, ended, transcript }: Account,
  { mended, hasCrashed, lastWords }: Pick<SessionState, "mended" | "hasCrashed" | "lastWords">,
  command: readonly string[],
  { colour, columns, options }: Pick<Output, "colour" | "columns" | "options">,
): string[] {
  const red = (text: string) => wrapAnywhere(printable(text), columns).map((line) => colour("red", line));
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
    ...(never === null ? [] : red(`✗ it never started: ${never}${hasCrashed ? wordsText(lastWords) : ""}`)),
    ...(hasCrashed && never === null ? red(`✗ ${deathText(ended, lastWords)}`) : []),
    ...(errors.count === 0 ? [] : red(`✗ ${errorsText(errors)}`)),
    ...(required.length === 0
      ? never === null && !hasCrashed
        ? [colour("green", mended.length === 0 ? NONE_BROKEN : `✓ what broke holds again: ${mended.join(" ")}`)]
        : []
      : red(`✗ ${required.length} ${required.length === 1 ? "rule is" : "rules are"} broken: ${ids(required)}`)),
    ...(advice.length === 0 ? [] : [`${colour("yellow", "!")} advice: ${ids(advice)}`]),
    ...(options.quiet
      ? []
      : [colour("dim", `  every rule: mimolo conform -- ${printable(command.map(quoted).join(" "))}`)]),
  ];
}

function errorsText({ count, texts }: Account["errors"]): string {
  return `it reported ${count} ${count === 1 ? "error" : "errors"}: ${texts.map(shortened).join("; ")}`;
}

const shortened = (text: string): string => (text.length <= MOST_OF_ERROR ? text : `${text.slice(0, MOST_OF_ERROR)}…`);

const wordsText = (lastWords: string | null): string => (lastWords === null ? "" : `: ${shortened(lastWords)}`);

function deathText(ended: Ending | null, lastWords: string | null): string {
  return `it died ${endText(ended)}${wordsText(lastWords)}`;
}

function endText(ended: Ending | null): string {
  if (ended === null) return "before it began";
  return ended.signal === null ? `with exit code ${ended.code}` : `by ${ended.signal}`;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
