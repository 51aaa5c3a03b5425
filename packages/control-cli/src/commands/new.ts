import { relative, resolve } from "node:path";
import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { KINDS, type Kind } from "../new/kinds.ts";
import { LANGUAGES, type Language } from "../new/languages.ts";
import { namesOf } from "../new/names.ts";
import { isThere, render } from "../new/render.ts";
import { stepsOf } from "../new/steps.ts";
import { isTaken, writeFolder } from "../new/write.ts";
import { version } from "../version.ts";

export interface NewOptions {
  readonly lang?: Language;
  readonly id?: string;
  readonly dir?: string;
}

/** `mimolo new KIND NAME --lang L`: a plugin that builds, is tested, conforms and can be packed as it stands. */
export async function create(call: Call<NewOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const [kind, typed = ""] = call.arguments as [Kind, string?];
  const language = languageOf(kind, options.lang);
  const read = namesOf(typed, kind, options.id);
  if (!read.ok) {
    const hint = `Nothing was written. Try: mimolo new ${kind} ${read.instead} --lang ${language}`;
    throw new CliError("usage", EXIT.usage, read.why, hint);
  }
  const { names } = read;
  const folder = resolve(surroundings.cwd, options.dir ?? names.label);
  const shown = relative(surroundings.cwd, folder) || folder;
  if (isTaken(folder)) throw alreadyThere(shown, kind, options.lang);
  const author = surroundings.env["USER"] ?? surroundings.env["USERNAME"] ?? "the author";
  const files = render({ kind, language, names, author: author || "the author", version: version() });
  try {
    writeFolder(folder, files);
  } catch (error) {
    if (isTaken(folder)) throw alreadyThere(shown, kind, options.lang);
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError("usage", EXIT.failed, `cannot write ${shown}: ${why}`, "Name another folder with --dir.", {
      cause: error,
    });
  }
  const steps = stepsOf(kind, language, names);
  const next = [...steps.build, steps.conform, ...steps.pack, ...steps.install];
  if (output.options.json) {
    await output.json({ path: folder, files: [...files.keys()], id: names.id, next });
    return EXIT.done;
  }
  await output.print(`Wrote ${shown}: ${names.id}, ${files.size} files`);
  output.note(
    "",
    `  cd ${shellWord(shown)}`,
    ...steps.build.map((line) => `  ${line}`),
    `  ${steps.conform}`,
    `  ${steps.run}`,
    "",
    "README.md says what to change, how to pack it, and how to install it.",
  );
  return EXIT.done;
}

function languageOf(kind: Kind, language: Language | undefined): Language {
  const there = LANGUAGES.filter((each) => isThere(kind, each));
  if (language === undefined) {
    throw new CliError("usage", EXIT.usage, "in which language?", `--lang ${there.join(", ")}`);
  }
  if (there.includes(language)) return language;
  const all = KINDS.map((each) => `${each}: ${LANGUAGES.filter((one) => isThere(each, one)).join(" ")}`);
  throw new CliError(
    "usage",
    EXIT.usage,
    `there is no ${kind} in ${language} to begin with`,
    `There is ${all.join("; ")}`,
  );
}

function alreadyThere(shown: string, kind: Kind, language: Language | undefined): CliError {
  const hint = `Choose another name, or another folder: mimolo new ${kind} NAME --lang ${language ?? "ts"} --dir FOLDER`;
  return new CliError("file-exists", EXIT.failed, `${shown} is already there; nothing was changed`, hint);
}
