import { agents as builtins } from "@mimolo/agents";
import { dataDirectory } from "@mimolo/operations/reading";
import { checkedPackage, knownHere, type Offer, readDecisions, versionsOf } from "@mimolo/operations/trust";
import type { PluginProblem, RegisteredPlugin } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { knownPlugins } from "../commands/register.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { shownError } from "../present/error.ts";
import { infoLines, offeredLines, type PluginInfo } from "../present/plugin-info.ts";
import { inspected, type Inspection } from "./inspected.ts";
import { installedVersions } from "./installed-versions.ts";
import { offerReport } from "./offered.ts";
import { registries } from "./registry.ts";

/** `mimolo plugin info ID`: what it is, who signed it, what it needs and may touch, what is offered of it. */
export async function info(call: Call<PluginOptions>, [id = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const { plugins, problems } = await knownPlugins(call);
  const { offers } = await registries(call);
  const versions = versionsOf(offers, id);
  const plugin = plugins.find((each) => each.plugin_id === id);
  if (plugin === undefined) return await tellOffered(call, id, versions);
  const of = offersOf(call, versions);
  const about = {
    ...describe(call, plugin),
    offers: of,
    problems: problems.filter(({ path }) => path === plugin.path),
  };
  if (output.options.json) await output.json(about);
  else await output.print(...infoLines(about, output.colour, output.columns));
  return EXIT.done;
}

/** One that is not here: its newest package is looked at, and nothing of it run. */
async function tellOffered(call: Call<PluginOptions>, id: string, versions: readonly Offer[]): Promise<ExitCode> {
  const { output } = call;
  const [newest, ...older] = offersOf(call, versions);
  const [offer] = versions;
  if (newest === undefined || offer === undefined) {
    throw new CliError(
      "unknown-plugin",
      EXIT.usage,
      `no plugin ${id} is known here, and no registry offers it`,
      "`mimolo plugin list` shows what is here, `mimolo plugin search` what is offered.",
    );
  }
  const offers = [newest, ...older] as const;
  const { found, problems } = await lookedAt(call, offer);
  if (!output.options.json) {
    for (const { message } of problems) output.warn(message);
    await output.print(...offeredLines([newest, ...older], found, output.colour, output.columns));
    return EXIT.done;
  }
  const { plugin_id, version, description, capabilities, key_id } = newest;
  const { verdict, digest: manifest_sha256, manifest } = found ?? {};
  const { name, permissions, filesystem, dependencies } = manifest ?? {};
  const of = { verdict, manifest_sha256, name, permissions, filesystem, dependencies };
  await output.json({ plugin_id, version, description, capabilities, key_id, ...of, offers, problems });
  return EXIT.done;
}

async function lookedAt(
  call: Call,
  offer: Offer,
): Promise<{ found: Inspection | null; problems: readonly PluginProblem[] }> {
  try {
    const typed = `${offer.pluginId}@${offer.version}`;
    return { found: await inspected(call, await checkedPackage(offer), { typed }), problems: [] };
  } catch (error) {
    const { code, message } = shownError(error);
    return { found: null, problems: [{ path: offer.path, code, message }] };
  }
}

function offersOf(call: Call<PluginOptions>, versions: readonly Offer[]): ReturnType<typeof offerReport>[] {
  const installed = installedVersions(call);
  return versions.map((offer) => offerReport(offer, installed.get(offer.pluginId) ?? null));
}

function describe(call: Call<PluginOptions>, plugin: RegisteredPlugin): Omit<PluginInfo, "problems" | "offers"> {
  const { trust, installed } = readDecisions(dataDirectory(dataDirOf(call)));
  const found = installed.find(({ pluginId }) => pluginId === plugin.plugin_id);
  const { known } = knownHere(dataDirOf(call), builtins);
  const needed_by = known.flatMap(({ id, dependencies }) =>
    Object.hasOwn(dependencies, plugin.plugin_id) ? [id] : [],
  );
  if (found === undefined) return { ...plugin, needed_by };
  const { manifest, digest, keyId, at } = found;
  const granted = trust.allow.find((entry) => entry.plugin_id === plugin.plugin_id)?.grants ?? [];
  const { author, license, homepage, dependencies } = manifest;
  return {
    ...plugin,
    author,
    license,
    homepage,
    dependencies,
    needed_by,
    manifest_sha256: digest,
    key_id: keyId,
    key_label: trust.keys.find((key) => key.key_id === keyId)?.label,
    installed_at: at,
    granted,
    not_granted: [...plugin.capabilities, ...plugin.permissions].filter((name) => !granted.includes(name)),
  };
}
