// Which files decide what a command of somebody's own does: those it takes a person's word for.
import { type Interpreter, interpreterOf, isCode } from "./interpreters.ts";

export interface OwnCommand {
  /** Absolute path of what is run. */
  readonly executable: string;
  readonly args: readonly string[];
}

/** How the file system is asked; a test answers by itself. */
export interface FilesHere {
  /** The real absolute path of a regular file (links followed, relative to the agent's folder), or `null`. */
  file(path: string): string | null;
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

function filesOf(
  args: readonly string[],
  interpreter: Interpreter,
  here: FilesHere,
): { program: string | null; loaded: string[]; missing: string | null } {
  const loaded: string[] = [];
  let missing: string | null = null;
  const load = (value: string) => {
    const file = here.file(value);
    if (file !== null) loaded.push(file);
  };
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? "";
    const valued = interpreter.valued.find((option) => argument === option);
    if (valued !== undefined) {
      load(args[++index] ?? "");
    } else if (isCode(argument, interpreter)) {
      return { program: null, loaded, missing: null };
    } else if (argument.startsWith("--") && argument.includes("=")) {
      load(argument.slice(argument.indexOf("=") + 1));
    } else if (!argument.startsWith("-")) {
      const program = here.file(argument);
      if (program !== null) return { program, loaded, missing: null };
      missing ??= argument;
    }
  }
  return { program: null, loaded, missing };
}
