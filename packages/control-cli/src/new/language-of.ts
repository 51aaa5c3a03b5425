// In which language a plugin is begun: as it was said, or as a person answers.
import { CliError, EXIT } from "../error.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { LANGUAGES, type Language, languageFacts } from "./languages.ts";

/** Whether there is something to begin with. */
type IsThere = (kind: Kind, language: Language) => boolean;

/** What is said to somebody who wants a pair there is nothing for; `null` if there is. */
export function whyNot(kind: Kind, language: Language, isThere: IsThere): CliError | null {
  if (isThere(kind, language)) return null;
  const all = KINDS.map((each) => `${each}: ${languagesOf(each, isThere).join(" ")}`);
  const message = `there is no ${kind} in ${language} to begin with`;
  return new CliError("usage", EXIT.usage, message, `There is ${all.join("; ")}`);
}

/** What is said where no language was, and nobody can be asked. */
export function unsaid(kind: Kind, isThere: IsThere): CliError {
  return new CliError("usage", EXIT.usage, "in which language?", `--lang ${languagesOf(kind, isThere).join(", ")}`);
}

/** Asks at a terminal, Enter alone takes the first; `null` when the person backed out. */
export async function askLanguage(kind: Kind, isThere: IsThere): Promise<Language | null> {
  const { isCancel, select } = await import("@clack/prompts");
  const options = languagesOf(kind, isThere).map((each) => {
    const { title, needs } = languageFacts[each];
    return { value: each, label: title, hint: `wants ${needs}` };
  });
  const answer = await select<Language>({ message: "In which language?", options });
  return isCancel(answer) ? null : answer;
}

function languagesOf(kind: Kind, isThere: IsThere): readonly Language[] {
  return LANGUAGES.filter((each) => isThere(kind, each));
}
