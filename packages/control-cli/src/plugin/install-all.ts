import { shellWord } from "@mimolo/operations/trust";
import type { InstallReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { consented } from "../consent/install.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { installedLines } from "../present/inspection.ts";
import { type Admitted, kept } from "./admitted.ts";

/** Asks about all of them, then keeps them in this order; the last one is what was asked for. */
export async function installAll(
  call: Call<PluginOptions>,
  packages: readonly (Admitted | null)[],
  typed: string,
): Promise<ExitCode> {
  const all = packages.filter((each) => each !== null);
  if (all.length < packages.length) return declined(call, all);
  const grants = await consented(
    call,
    all.map(({ found }) => found),
    `plugin install ${shellWord(typed)}`,
  );
  if (grants === null) return declined(call, all);
  const reports: InstallReport[] = [];
  for (const [at, each] of all.entries()) reports.push(await kept(call, each, grants[at] ?? []));
  await tell(call, reports);
  // At a terminal it stood beside the question.
  const asked = call.options.yes !== true && call.options.grant === undefined;
  const unconfined = all.find(({ found }) => found.unconfined !== null)?.found.unconfined ?? null;
  if (unconfined !== null && !asked && !call.output.options.json) call.output.warn(unconfined);
  return EXIT.done;
}

/** Keys that were trusted on the way there stay so: those were answers of their own. */
function declined({ output }: Pick<Call, "output">, admittedBefore: readonly Admitted[]): ExitCode {
  output.note("Nothing was installed.");
  for (const { trustedNow } of admittedBefore) {
    if (trustedNow !== null) {
      output.note(`  The key stays trusted; to take that back: mimolo key revoke ${trustedNow}`);
    }
  }
  return EXIT.interrupted;
}

async function tell({ output }: Pick<Call, "output">, reports: readonly InstallReport[]): Promise<void> {
  const shown = reports.map(({ digest, ...rest }) => ({ ...rest, manifest_sha256: digest }));
  if (output.options.json) {
    await output.json({ ...shown.at(-1), dependencies: shown.slice(0, -1) });
    return;
  }
  for (const [at, report] of reports.entries()) {
    const [first = "", ...more] = installedLines(report, output.colour, { along: at < reports.length - 1 });
    await output.print(first);
    output.note(...more);
  }
}
