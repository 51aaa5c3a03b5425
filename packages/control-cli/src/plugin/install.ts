import { resolve } from "node:path";
import type { InstallReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { canAsk } from "../consent/ask.ts";
import { trustedAtFirstUse } from "../consent/first-use.ts";
import { consented } from "../consent/install.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { installedLines } from "../present/inspection.ts";
import { verdictHint } from "../present/verdict-hint.ts";
import { inspected, type Inspection } from "./inspected.ts";

/** `mimolo plugin install F|DIR`: checks it, asks what it may touch, keeps it. Exit code 4 for what is not trusted. */
export async function install(call: Call<PluginOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const path = resolve(surroundings.cwd, typed);
  const acceptDowngrade = options.acceptDowngrade === true;
  const look = () => inspected(call, typed, { acceptDowngrade });
  let found = await look();
  let trustedNow: string | null = null;
  if (found.verdict === "unknown-key" && canAsk(call)) {
    if (!(await trustedAtFirstUse(call, found, path))) return declined(call);
    trustedNow = found.keyId;
    found = await look();
  }
  if (found.verdict !== "trusted") throw refused(call, found, typed);
  const grants = await consented(call, found, typed);
  if (grants === null) return declined(call, trustedNow);
  const pluginId = found.manifest?.id;
  const report = await whileBusy(output, `installing ${typed}`, () =>
    throughDesk(call, (desk) => desk.install({ path, pluginId, grants, acceptDowngrade, by: BY })),
  );
  await tell(call, report);
  // At a terminal it stood beside the question.
  const asked = options.yes !== true && options.grant === undefined;
  if (found.unconfined !== null && !asked && !output.options.json) output.warn(found.unconfined);
  return EXIT.done;
}

/** A key that was trusted on the way there stays so: that was an answer of its own. */
function declined({ output }: Pick<Call, "output">, keyId: string | null = null): ExitCode {
  output.note("Nothing was installed.");
  if (keyId !== null) output.note(`  The key stays trusted; to take that back: mimolo key revoke ${keyId}`);
  return EXIT.interrupted;
}

function refused(call: Call, found: Inspection, typed: string): CliError {
  const message = `${typed} is not installed (${found.verdict}): ${found.reason}`;
  return new CliError(found.verdict, EXIT.refused, message, verdictHint(found, typed, call));
}

async function tell({ output }: Pick<Call, "output">, report: InstallReport): Promise<void> {
  if (output.options.json) {
    const { digest, ...rest } = report;
    await output.json({ ...rest, manifest_sha256: digest });
    return;
  }
  const [first = "", ...more] = installedLines(report, output.colour);
  await output.print(first);
  output.note(...more);
}
