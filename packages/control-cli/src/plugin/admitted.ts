import type { PlannedPackage } from "@mimolo/operations/trust";
import type { InstallReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { canAsk } from "../consent/ask.ts";
import { trustedAtFirstUse } from "../consent/first-use.ts";
import { BY } from "../desk/desk.ts";
import { throughDesk } from "../desk/through-desk.ts";
import { CliError, EXIT } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { verdictHint } from "../present/verdict-hint.ts";
import { inspected, type Inspection } from "./inspected.ts";

/** A package that may come in, if somebody agrees to what it asks for. */
export interface Admitted {
  /** As it is called in messages, and typed again in hints. */
  readonly typed: string;
  /** Absolute. */
  readonly path: string;
  readonly found: Inspection;
  /** The key that was trusted on the way here. */
  readonly trustedNow: string | null;
}

/** Looks at a package, and at a terminal asks about a key that nobody knows; `null`: somebody said no. Throws exit code 4 for
 *  what is not trusted. */
export async function admitted(
  call: Call<PluginOptions>,
  { path, typed }: Pick<Admitted, "path" | "typed">,
): Promise<Admitted | null> {
  const look = () => inspected(call, path, { typed, acceptDowngrade: call.options.acceptDowngrade === true });
  let found = await look();
  let trustedNow: string | null = null;
  if (found.verdict === "unknown-key" && canAsk(call)) {
    if (!(await trustedAtFirstUse(call, found, path))) return null;
    trustedNow = found.keyId;
    found = await look();
  }
  if (found.verdict === "trusted") return { typed, path, found, trustedNow };
  const message = `${typed} is not installed (${found.verdict}): ${found.reason}`;
  throw new CliError(found.verdict, EXIT.refused, message, verdictHint(found, typed, call));
}

/** The package of an offer, whose bytes are what the index says. */
export async function admittedOffer(
  call: Call<PluginOptions>,
  { path, offer }: Pick<PlannedPackage, "path" | "offer">,
): Promise<Admitted | null> {
  return await admitted(call, { path, typed: `${offer.pluginId}@${offer.version}` });
}

/** Keeps it, with these grants; where it takes the place of one that runs, only if it comes up. */
export async function kept(
  call: Call<PluginOptions>,
  { path, typed, found }: Admitted,
  grants: readonly string[],
): Promise<InstallReport> {
  const { manifest, installed } = found;
  const acceptDowngrade = call.options.acceptDowngrade === true;
  const does = installed === null ? "installing" : "taking over with";
  return await whileBusy(call.output, `${does} ${typed}`, () =>
    throughDesk(call, (desk) => desk.install({ path, pluginId: manifest?.id, grants, acceptDowngrade, by: BY })),
  );
}
