// What a person at a terminal is asked before a plugin is begun. Each answer is `null` when they backed out.
import { KINDS, kindFacts, type Kind } from "./kinds.ts";
import { LANGUAGES, type Language, languageFacts } from "./languages.ts";

/** Enter alone takes the first, as everywhere here. */
export async function askKind(): Promise<Kind | null> {
  const options = KINDS.map((kind) => ({ value: kind, label: kind, hint: kindFacts[kind].does }));
  return await chosen("What is it?", options);
}

/** `whyNot`: what is wrong with a name. */
export async function askName(kind: Kind, whyNot: (typed: string) => string | undefined): Promise<string | null> {
  const { isCancel, text } = await import("@clack/prompts");
  const proposed = `my-${kind}`;
  const answer = await text({
    message: "What is it called?",
    placeholder: proposed,
    defaultValue: proposed,
    validate: (typed) => whyNot(typed === undefined || typed === "" ? proposed : typed),
  });
  return isCancel(answer) ? null : answer;
}

export async function askLanguage(): Promise<Language | null> {
  const options = LANGUAGES.map((each) => {
    const { title, needs } = languageFacts[each];
    return { value: each, label: `${title} (wants ${needs})` };
  });
  return await chosen("In which language?", options);
}

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

async function chosen<Value extends string>(message: string, options: readonly Choice<Value>[]): Promise<Value | null> {
  const { isCancel, select } = await import("@clack/prompts");
  const answer = await select<string>({ message, options: [...options] });
  return isCancel(answer) ? null : (options.find(({ value }) => value === answer)?.value ?? null);
}
