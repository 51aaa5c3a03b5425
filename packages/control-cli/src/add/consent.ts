import type { Call } from "../call.ts";
import { canAsk, confirmed } from "../consent/ask.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { printable } from "../present/width.ts";

/** Asks at a terminal; without one somebody has to have said `--yes`, or allows it later. */
export async function isAgreed(
  call: Call<{ readonly yes?: boolean }>,
  files: readonly string[],
  grants: readonly string[],
): Promise<boolean> {
  if (call.options.yes === true) return true;
  if (!canAsk(call)) return false;
  const what = files.map((file) => printable(file)).join(" and ");
  const touching = grants.length === 0 ? "nothing but its own folder" : grants.join(", ");
  return await confirmed(`Allow ${what} as it is now? It may touch: ${touching} (--grant says more).`);
}

/** Allows each as it is now. */
export async function allowFiles(call: Call, files: readonly string[], grants: string[] = []): Promise<void> {
  if (files.length === 0) return;
  await throughDesk(call, async (desk) => {
    for (const path of files) await desk.allow({ path, grants, by: BY });
  });
}
