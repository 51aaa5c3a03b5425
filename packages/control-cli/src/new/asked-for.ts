// What kind of plugin is wanted, by what name and in which language: as it was typed, or what is said where it cannot be.
import { nearestName } from "@mimolo/protocol";
import { shellWord } from "@mimolo/operations/trust";
import { CliError, EXIT } from "../error.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { LANGUAGES, type Language } from "./languages.ts";
import { namesOf } from "./names.ts";

/** The words of a command line, whatever they are. */
export interface Typed {
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly lang?: string | undefined;
  readonly id?: string | undefined;
  readonly dir?: string | undefined;
}

/** `undefined`: nothing was typed. */
export interface AskedFor {
  readonly kind: Kind | undefined;
  readonly name: string | undefined;
  readonly language: Language | undefined;
}

/** What people call the languages. */
const ALSO: Readonly<Record<string, Language>> = {
  typescript: "ts",
  javascript: "js",
  node: "js",
  nodejs: "js",
  mjs: "js",
  python: "py",
  python3: "py",
  golang: "go",
  rs: "rust",
  cargo: "rust",
  shell: "sh",
  bash: "sh",
  zsh: "sh",
  posix: "sh",
};

/** Throws a usage error for a word that is no kind or no language, with the line that was meant. */
export function askedFor(typed: Typed): AskedFor {
  return { kind: kindOf(typed), name: typed.name, language: languageOf(typed) };
}

/** What is said where something is missing, and nobody can be asked; `null` if nothing is. */
export function missing(typed: Typed): CliError | null {
  const questions = [
    ...(typed.kind === undefined ? ["what is it"] : []),
    ...(typed.name === undefined ? ["what is it called"] : []),
    ...(typed.lang === undefined ? ["in which language"] : []),
  ];
  const last = questions.pop();
  if (last === undefined) return null;
  const hint = [
    `Type: ${lineOf(typed)}`,
    ...(typed.kind === undefined ? [`Kinds: ${KINDS.join(", ")}.`] : []),
    ...(typed.lang === undefined ? [`Languages: ${LANGUAGES.join(", ")}.`] : []),
  ];
  return usage(`${questions.length === 0 ? last : `${questions.join(", ")}, and ${last}`}?`, hint);
}

/** The command line with all it wants; what nobody typed is a plain example. */
export function lineOf({ kind = "agent", name = "NAME", lang = "py", id, dir }: Typed): string {
  const more = [...(id === undefined ? [] : ["--id", id]), ...(dir === undefined ? [] : ["--dir", dir])];
  return ["mimolo", "new", kind, name, "--lang", lang, ...more].map((word) => shellWord(word)).join(" ");
}

function kindOf(typed: Typed): Kind | undefined {
  const { kind: word, name } = typed;
  if (word === undefined || isKind(word)) return word;
  const message = `${JSON.stringify(word)} is no kind of plugin`;
  // Both words are there, the other way round.
  if (name !== undefined && isKind(name))
    throw usage(message, [`Type: ${lineOf({ ...typed, kind: name, name: word })}`]);
  const near = nearestName(word, KINDS);
  if (near !== undefined) {
    throw usage(`${message}; did you mean ${near}?`, [`Type: ${lineOf({ ...typed, kind: near })}`]);
  }
  const read = namesOf(word, "agent");
  const called = name ?? (read.ok ? word : read.instead);
  const line = lineOf({ ...typed, kind: "agent", name: called });
  throw usage(`${message}: ${KINDS.join(", ")}`, [`Try: ${line}`]);
}

function languageOf(typed: Typed): Language | undefined {
  const { lang: word } = typed;
  if (word === undefined || isLanguage(word)) return word;
  const plain = word.toLowerCase();
  const near = ALSO[plain] ?? LANGUAGES.find((each) => each === plain) ?? nearestName(plain, LANGUAGES);
  const message = `there is nothing in ${JSON.stringify(word)} to begin with`;
  if (near === undefined) throw usage(message, [`Languages: ${LANGUAGES.join(", ")}.`]);
  throw usage(`${message}; did you mean ${near}?`, [`Type: ${lineOf({ ...typed, lang: near })}`]);
}

function isKind(word: string): word is Kind {
  return KINDS.some((each) => each === word);
}

function isLanguage(word: string): word is Language {
  return LANGUAGES.some((each) => each === word);
}

function usage(message: string, hint: readonly string[]): CliError {
  return new CliError("usage", EXIT.usage, message, hint.join("\n"));
}
