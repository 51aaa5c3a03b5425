import { dirname } from "node:path";
import type { AgentEdit } from "../agent/tell-edit.ts";
import type { Call } from "../call.ts";
import { printable } from "../present/width.ts";
import { unconfinedHere } from "../present/unconfined.ts";
import { type Home, passedOverLines } from "./home.ts";

/** What was written, and what is missing until it runs. */
export interface Added {
  readonly label: string;
  readonly edit: AgentEdit;
  readonly home: Home;
  /** What somebody has to say yes to yet. */
  readonly waiting: {
    /** How the file is agreed to, in a sentence. */
    readonly files: readonly string[];
    /** Commands that allow the program. */
    readonly programs: readonly string[];
  };
  /** What was granted, in the words of `mimolo allow`; nothing where it was not. */
  readonly granted: readonly string[];
}

/** Says what comes next. */
export function tellAdded(
  call: Call<{ readonly yes?: boolean }>,
  { label, edit, home, waiting, granted }: Added,
): void {
  const { output, options } = call;
  for (const { label: which, reason } of edit.blocked)
    if (which !== label) output.warn(`${which} is blocked: ${reason}`);
  for (const sentence of edit.overruled) output.warn(sentence);
  if (home.isRead && dirname(home.file) !== call.surroundings.cwd)
    output.warn(
      [`that is the file of the running collector, in another folder.`, ...passedOverLines(home.passedOver)].join(" "),
    );
  const isAllowed = waiting.programs.length === 0;
  if (isAllowed) {
    output.note("  Allowed as it is now; an edit of the program wants `mimolo allow` again.");
    // Whoever was asked has read it above.
    if (options.yes === true) output.note(...granted.map((line) => `  ${line}`));
    const unconfined = unconfinedHere(call);
    if (unconfined !== null) output.warn(unconfined);
  }
  tellWaiting(call, waiting);
  tellStart(call, { label, edit, home, isComplete: isAllowed && waiting.files.length === 0 });
}

/** The file says what runs, the program runs: each wants a word of its own. */
function tellWaiting({ output }: Pick<Call, "output">, { files, programs }: Added["waiting"]): void {
  const both = files.length > 0 && programs.length > 0;
  if (both) output.warn("it does not run yet: two things wait for your word, the file and the program");
  else if (files.length > 0) output.warn("it does not run yet: nobody has agreed to the file");
  else if (programs.length > 0) output.warn("it does not run yet: nobody has allowed it");
  for (const sentence of files) output.note(`  ${sentence}`);
  for (const command of programs) output.note(both ? `  The program, as it is now: ${command}` : `  ${command}`);
}

function tellStart(
  { output, options }: Pick<Call, "output" | "options">,
  { label, edit, home, isComplete }: Pick<Added, "label" | "edit" | "home"> & { readonly isComplete: boolean },
): void {
  const what = `what it says: mimolo evidence --agent ${label}`;
  if (edit.live !== null) {
    if (isComplete) output.note(`  It runs; ${what}`);
    return;
  }
  const run = options.config === undefined ? "`mimolo run`" : `\`mimolo run --config ${printable(options.config)}\``;
  if (home.running === null) {
    if (isComplete) output.note(`  It starts with the next ${run}; ${what}`);
    return;
  }
  const { files } = home.running.config;
  const isWithoutFile = files.length === 0 && options.config === undefined;
  if (isWithoutFile && !isComplete) {
    // Whether it is the collector of this folder shows only when both are agreed to.
    const note =
      "A collector that was started in this folder takes it up by itself then; one of another folder never does.";
    output.note(`  ${note}`);
    return;
  }
  const whose = isWithoutFile
    ? "as if it was started in another folder"
    : `it goes by ${files.map(printable).join(" and ")}`;
  output.warn(
    `the running collector does not read this file (${whose}): end it and say ${run} here, or add the command where it was started`,
  );
}
