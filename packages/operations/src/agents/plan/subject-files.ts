// Which files decide what a command of somebody's own does: those it takes a person's word for.
import { type Interpreter, interpreterOf, optionOf } from "./interpreters.ts";

export interface OwnCommand {
  /** Absolute path of what is run. */
  readonly executable: string;
  readonly args: readonly string[];
}

/** How the file system is asked; a test answers by itself. */
export interface FilesHere {
  /** The real absolute path of a regular file (links followed, relative to the agent's folder), or `null`. */
  file(path: string): string | null;
  /** Whether anything that an interpreter would run lies there: a folder, or a file by its name without the end. */
  stands(path: string): boolean;
  /** Whether this program is the machine's own: found along PATH, or the Node that runs us. */
  isInstalled(executable: string): boolean;
}

/** The files, real and absolute, each once; empty for an interpreter that was given code but no file. `program`: the one that is
 *  run, which may not be among them for an interpreter without a file. */
export interface SubjectFiles {
  readonly files: readonly string[];
  readonly program: string | null;
  readonly interpreted: boolean;
  /** The word in the place of a script that names no file; `null` where there is none. */
  readonly missing: string | null;
}

/** The executable itself, unless it is an interpreter: then the first argument that is a file, with the files that options
 *  before it name. */
export function subjectFiles({ executable, args }: OwnCommand, here: FilesHere): SubjectFiles {
  const real = here.file(executable) ?? executable;
  const interpreter = interpreterOf([executable, real]);
  if (interpreter === null) return { files: [real], program: real, interpreted: false, missing: null };
  if (interpreter.starter === true) return { files: [], program: null, interpreted: true, missing: null };
  const found = filesOf(args, interpreter, here);
  // Anything can bear an interpreter's name; what lies on PATH (a version chooser's shim too) is what the person types.
  const wrapper = here.isInstalled(executable) || here.isInstalled(real) ? [] : [real];
  return {
    files: found.program === null ? [] : [...new Set([found.program, ...found.loaded, ...wrapper])],
    program: found.program,
    interpreted: true,
    missing: found.missing,
  };
}

/** What the arguments name, read as the interpreter reads them; what it might read in another way counts as what is worse. */
function filesOf(
  args: readonly string[],
  interpreter: Interpreter,
  here: FilesHere,
): { program: string | null; loaded: string[]; missing: string | null } {
  const loaded: string[] = [];
  const code = { program: null, loaded, missing: null };
  /** False for what is code itself, or comes from elsewhere. */
  const load = (value: string) => {
    const file = here.file(value);
    if (file !== null) loaded.push(file);
    return file !== null || !hasScheme(value);
  };
  let candidate: string | null = null;
  let mayBeValue = false;
  let onlyFiles = false;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const option = onlyFiles ? null : optionOf(argument, interpreter);
    if (option === null) {
      const file = here.file(argument);
      if (file !== null && !mayBeValue) return { program: candidate ?? file, loaded: [...loaded, file], missing: null };
      if (file !== null) {
        loaded.push(file);
        candidate ??= file;
      } else if (hasScheme(argument)) return code;
      else if (here.stands(argument) || !(mayBeValue || interpreter.words?.includes(argument) === true))
        return { program: null, loaded, missing: argument };
      mayBeValue = false;
      continue;
    }
    mayBeValue = false;
    if (option.end) onlyFiles = true;
    else if (option.code) return code;
    else if (option.value !== undefined && !load(option.value)) return code;
    else if (option.valued && !load(args[++index] ?? "")) return code;
    else mayBeValue = option.unknown;
  }
  return { program: candidate, loaded, missing: null };
}

/** `data:`, `https:`, `npm:`; a drive of Windows has one letter. */
function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text);
}
