import { checkedPackage, type Offer, type OfferedUpgrade, shellWord } from "@mimolo/operations/trust";
import type { UpgradeReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { consented } from "../consent/install.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { shownError } from "../present/error.ts";
import { type Admitted, admittedOffer, kept } from "./admitted.ts";
import { inspected } from "./inspected.ts";
import { packagesToInstall } from "./packages-to-install.ts";

type Upgrade = UpgradeReport["upgrades"][number];

export interface UpgradeAround {
  readonly offers: readonly Offer[];
  /** What `--grant` says, for whoever asks for it. */
  readonly given: readonly string[];
  /** Whether a collector runs. */
  readonly runs: boolean;
  /** Whether somebody asked for this one. */
  readonly named: boolean;
}

/** What became of it, and what the command ends with for it. */
export interface Upgraded {
  readonly upgrade: Upgrade;
  readonly exitCode: ExitCode;
}

/** Takes one newer version, after what it newly needs. What stands in its way is its outcome; throws what would stop the next
 *  ones, too. */
export async function upgradeOne(
  call: Call<PluginOptions>,
  { pluginId: id, from, offer, held }: OfferedUpgrade,
  { offers, given, runs, named }: UpgradeAround,
): Promise<Upgraded> {
  const to = (offer ?? held?.offer)?.version ?? from;
  const as = (outcome: Upgrade["outcome"], message: string, exitCode: ExitCode = EXIT.refused): Upgraded => {
    const at = new Date(call.surroundings.nowMs()).toISOString();
    return { upgrade: { plugin_id: id, from, to, outcome, message, at }, exitCode };
  };
  if (offer === null) return as("refused", heldBack(held), named ? EXIT.failed : EXIT.done);
  try {
    const packages: Admitted[] = [];
    for (const each of await packagesToInstall(call, offers, { id, range: offer.version })) {
      const admitted = await admittedOffer(call, each);
      if (admitted === null) return as("waiting", `You did not trust key ${each.offer.keyId}, which signed it.`);
      packages.push(admitted);
    }
    const found = packages.map((each) => each.found);
    const asked = new Set(found.flatMap(({ requested }) => requested));
    const own = { ...call, options: { ...call.options, grant: given.filter((name) => asked.has(name)) } };
    const grants = await consented(own, found, `plugin upgrade ${shellWord(id)}`);
    if (grants === null) return as("waiting", "It asks for more, and you did not agree.");
    for (const [at, each] of packages.entries()) await kept(call, each, grants[at] ?? []);
    const told = runs ? "What ran of it was replaced, with its settings." : "It counts from the next `mimolo run`.";
    return as("upgraded", held === null ? told : `${told}\n${heldBack(held)}`, EXIT.done);
  } catch (error) {
    const { code, message, hint, exitCode } = shownError(error);
    const told = hint === "" ? message : `${message}\n${hint}`;
    if (code === "rolled-back") return as("rolled-back", told, EXIT.failed);
    if (code === "needs-consent") return as("waiting", told);
    if (exitCode === EXIT.refused || PASSING.has(code)) return as("refused", told, exitCode);
    throw error;
  }
}

/** What keeps one from coming and says nothing about the next. */
const PASSING: ReadonlySet<string> = new Set(["dependency", "not-found"]);

/** What stands in the way of one newer version, if anything does; changes nothing. */
export async function wouldUpgrade(
  call: Call<PluginOptions>,
  { pluginId, from, offer, held }: OfferedUpgrade,
): Promise<Upgrade> {
  const to = (offer ?? held?.offer)?.version ?? from;
  const as = (...told: readonly string[]): Upgrade => {
    const message = [...told, ...(held === null ? [] : [heldBack(held)])].join("\n");
    return { plugin_id: pluginId, from, to, outcome: "available", message };
  };
  if (offer === null) return as();
  try {
    const found = await inspected(call, await checkedPackage(offer), { typed: `${pluginId}@${to}` });
    if (found.verdict !== "trusted") return as(`It would be refused (${found.verdict}): ${found.reason}`);
    const more = found.wantsConsent.join(", ");
    return as(more === "" ? "It asks for nothing new." : `It asks for more: ${more}`);
  } catch (error) {
    return as(`It would be refused: ${shownError(error).message}`);
  }
}

function heldBack(held: OfferedUpgrade["held"]): string {
  return held === null ? "" : `${held.offer.version} is held back: ${held.fault.message}`;
}
