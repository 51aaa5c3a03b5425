import { basename, relative, resolve } from "node:path";
import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { canAsk } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import type { Kind } from "../new/kinds.ts";
import { askLanguage, unsaid, whyNot } from "../new/language-of.ts";
import type { Language } from "../new/languages.ts";
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
  if (options.lang === undefined && !canAsk(call)) throw unsaid(kind, isThere);
  const refusal = options.lang === undefined ? null : whyNot(kind, options.lang, isThere);
  if (refusal !== null) throw refusal;
  const read = namesOf(typed, kind, options.id);
  if (!read.ok) {
    const hint = `Nothing was written. Try: mimolo new ${kind} ${read.instead} --lang ${options.lang ?? "ts"}`;
    throw new CliError("usage", EXIT.usage, read.why, hint);
  }
  const { names } = read;
  const folder = resolve(surroundings.cwd, options.dir ?? names.label);
  const shown = relative(surroundings.cwd, folder) || folder;
  if (isTaken(folder)) throw alreadyThere(shown, kind, options.lang);
  const language = options.lang ?? (await askLanguage(kind, isThere));
  if (language === null) {
    output.note("Nothing was written.");
    return EXIT.interrupted;
  }
  const author = surroundings.env["USER"] ?? surroundings.env["USERNAME"] ?? "the author";
  const files = render({
    kind,
    language,
    names,
    author: author || "the author",
    version: version(),
    folder: basename(folder),
  });
  try {
    writeFolder(folder, files);
  } catch (error) {
    if (isTaken(folder)) throw alreadyThere(shown, kind, options.lang);
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError("usage", EXIT.failed, `cannot write ${shown}: ${why}`, "Name another folder with --dir.", {
      cause: error,
    });
  }
  const { build, conform, run, see, pack, install, ...steps } = stepsOf(kind, language, names, basename(folder));
  if (output.options.json) {
    const next = [...build, conform, ...pack, ...install];
    await output.json({ path: folder, files: [...files.keys()], id: names.id, next, try: steps.try, run, see });
    return EXIT.done;
  }
  const go = `cd ${shellWord(shown)}`;
  const told = (...lines: readonly string[]) => lines.map((line) => `  ${line}`);
  await output.print(`Wrote ${shown}: ${names.id}, ${files.size} files`);
  output.note("", ...told(go, ...build));
  output.note(
    "",
    "Watch it alone (it says which keys ask it; q ends it), then have it judged:",
    ...told(steps.try, conform),
  );
  output.note("", "With a collector, until Ctrl-C:", ...told(run));
  output.note(
    "",
    "While that runs, in another terminal (what is new takes five seconds or more to show):",
    ...told(go, ...see),
  );
  output.note("", "README.md says what to change, how to pack it, and how to install it.");
  return EXIT.done;
}

function alreadyThere(shown: string, kind: Kind, language: Language | undefined): CliError {
  const hint = `Choose another name, or another folder: mimolo new ${kind} NAME --lang ${language ?? "ts"} --dir FOLDER`;
  return new CliError("file-exists", EXIT.failed, `${shown} is already there; nothing was changed`, hint);
}
