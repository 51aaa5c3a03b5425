import { basename, relative, resolve } from "node:path";
import { shellWord } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { canAsk } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { askedFor, lineOf, missing } from "../new/asked-for.ts";
import { namesOf } from "../new/names.ts";
import { askKind, askLanguage, askName } from "../new/questions.ts";
import { render } from "../new/render.ts";
import { stepsOf } from "../new/steps.ts";
import { isTaken, writeFolder } from "../new/write.ts";
import { printable } from "../present/width.ts";
import { version } from "../version.ts";

export interface NewOptions {
  readonly lang?: string;
  readonly id?: string;
  readonly dir?: string;
}

/** `mimolo new KIND NAME --lang L`: a plugin that builds, is tested, conforms and can be packed as it stands. What was not typed, a
 *  person at a terminal is asked. */
export async function create(call: Call<NewOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const typed = { kind: call.arguments[0], name: call.arguments[1], ...options };
  const asked = askedFor(typed);
  const nothingSaid = canAsk(call) ? null : missing(typed);
  if (nothingSaid !== null) throw nothingSaid;
  const backedOut = () => {
    output.note("Nothing was written.");
    return EXIT.interrupted;
  };
  const placeOf = (label: string) => resolve(surroundings.cwd, options.dir ?? label);
  if (options.dir !== undefined) {
    refuseUnprintable(options.dir, placeOf(""), call);
    refuseTaken(placeOf(""), call);
  }
  const kind = asked.kind ?? (await askKind());
  if (kind === null) return backedOut();
  const whyNot = (name: string) => {
    const read = namesOf(name, kind);
    if (!read.ok) return read.why;
    return isTaken(placeOf(name)) ? `${shownPlace(placeOf(name), call)} is already there` : undefined;
  };
  const name = asked.name ?? (await askName(kind, whyNot));
  if (name === null) return backedOut();
  const read = namesOf(name, kind, options.id);
  if (!read.ok) {
    const hint = `Nothing was written. Try: mimolo new ${kind} ${read.instead} --lang ${asked.language ?? "ts"}`;
    throw new CliError("usage", EXIT.usage, read.why, hint);
  }
  const { names } = read;
  const folder = placeOf(names.label);
  const shown = shownPlace(folder, call);
  refuseTaken(folder, call);
  const language = asked.language ?? (await askLanguage());
  if (language === null) return backedOut();
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
    refuseTaken(folder, call);
    const hint = `Name another folder: ${lineOf({ ...typed, kind, name, lang: language, dir: "FOLDER" })}`;
    throw new CliError("usage", EXIT.failed, `cannot write ${shown}: ${whyUnwritable(error)}`, hint, { cause: error });
  }
  const { build, conform, run, see, pack, install, ...steps } = stepsOf(kind, language, names, basename(folder));
  if (output.options.json) {
    const next = [...build, conform, ...pack, ...install];
    await output.json({ path: folder, files: [...files.keys()], id: names.id, next, try: steps.try, run, see });
    return EXIT.done;
  }
  const go = printable(`cd ${shellWord(shown)}`);
  const told = (...lines: readonly string[]) => lines.map((line) => `  ${line}`);
  await output.print(`Wrote ${printable(shown)}: ${names.id}, ${files.size} files`);
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

/** As it is shown and typed: whichever way is shorter. */
function shownPlace(folder: string, { surroundings }: Call): string {
  const short = relative(surroundings.cwd, folder) || folder;
  return short.length < folder.length ? short : folder;
}

/** Its README names the folder, and so do the lines to type. */
function refuseUnprintable(dir: string, folder: string, call: Call<NewOptions>): void {
  const bad = [dir, basename(folder)].find((name) => printable(name) !== name);
  if (bad === undefined) return;
  const message = `--dir "${printable(bad)}" has characters that cannot be seen; nothing was written`;
  throw new CliError("usage", EXIT.usage, message, `Name another folder: ${elsewhere(call)}`);
}

function elsewhere(call: Call<NewOptions>): string {
  const [kind, name] = call.arguments;
  return lineOf({ kind, name, ...call.options, dir: "FOLDER" });
}

function refuseTaken(folder: string, call: Call<NewOptions>): void {
  if (!isTaken(folder)) return;
  const hint = `Choose another name, or another folder: ${elsewhere(call)}`;
  const message = `${shownPlace(folder, call)} is already there; nothing was changed`;
  throw new CliError("file-exists", EXIT.failed, message, hint);
}

function whyUnwritable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? "no folder can be made there" : message;
}
