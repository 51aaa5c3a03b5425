import { grantsIfAllowed, type Granting } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { canAsk, confirmed } from "../consent/ask.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { touchingLines } from "../present/allowed.ts";
import { printable } from "../present/width.ts";

/** Files to be allowed, and what with. */
export interface Subject {
  readonly files: readonly string[];
  readonly grants: string[];
}

/** Asks at a terminal; without one somebody has to have said `--yes`, or allows it later. `beside`: what else a yes does. */
export async function isAgreed(
  call: Call<{ readonly yes?: boolean }>,
  subject: Subject,
  beside: readonly string[],
): Promise<boolean> {
  if (call.options.yes === true) return true;
  if (!canAsk(call)) return false;
  // Also with --quiet: whoever is asked has to know what.
  await call.output.print(...consentLines(call, subject), ...beside);
  return await confirmed(`Allow ${subject.files.map(printable).join(" and ")} as it is now?`);
}

/** What is granted with a yes, in the words of `mimolo allow`; file by file where it is not the same for all. */
export function consentLines({ output }: Pick<Call, "output">, { files, grants }: Subject): string[] {
  const groups = new Map<string, { paths: string[]; granting: Granting }>();
  for (const path of files) {
    const granting = grantsIfAllowed(path, grants);
    const key = JSON.stringify(granting);
    groups.set(key, { granting, paths: [...(groups.get(key)?.paths ?? []), path] });
  }
  return [...groups.values()].flatMap(({ paths, granting }) => [
    ...(groups.size === 1 ? [] : [`${paths.map(printable).join(" and ")}:`]),
    ...touchingLines(granting.grants, output.colour, output.columns),
    ...granting.notes,
  ]);
}

/** What a command of these files may touch: no more than each of them may. */
export function grantsTogether({ files, grants }: Subject): string[] {
  const [first = [], ...others] = files.map((path) => grantsIfAllowed(path, grants).grants);
  return first.filter((grant) => others.every((each) => each.includes(grant)));
}

/** Allows each as it is now. */
export async function allowFiles(call: Call, { files, grants }: Subject): Promise<void> {
  if (files.length === 0) return;
  await throughDesk(call, async (desk) => {
    for (const path of files) await desk.allow({ path, grants, by: BY });
  });
}
