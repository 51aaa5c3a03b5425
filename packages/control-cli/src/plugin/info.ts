import { dataDirectory } from "@mimolo/operations/reading";
import { readDecisions } from "@mimolo/operations/trust";
import type { RegisteredPlugin } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import { knownPlugins } from "../commands/register.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { infoLines, type PluginInfo } from "../present/plugin-info.ts";

/** `mimolo plugin info ID`: what it is, who signed it, what it may touch. */
export async function info(call: Call<PluginOptions>, [id = ""]: readonly string[]): Promise<ExitCode> {
  const { output } = call;
  const { plugins, problems } = await knownPlugins(call);
  const plugin = plugins.find((each) => each.plugin_id === id);
  if (plugin === undefined) {
    throw new CliError(
      "unknown-plugin",
      EXIT.usage,
      `no plugin ${id} is known here`,
      "`mimolo plugin list` shows all.",
    );
  }
  const about = { ...describe(call, plugin), problems: problems.filter(({ path }) => path === plugin.path) };
  if (output.options.json) await output.json(about);
  else await output.print(...infoLines(about, output.colour, output.columns));
  return EXIT.done;
}

function describe(call: Call<PluginOptions>, plugin: RegisteredPlugin): Omit<PluginInfo, "problems"> {
  const { trust, installed } = readDecisions(dataDirectory(dataDirOf(call)));
  const found = installed.find(({ pluginId }) => pluginId === plugin.plugin_id);
  if (found === undefined) return plugin;
  const { manifest, digest, keyId, at } = found;
  const granted = trust.allow.find((entry) => entry.plugin_id === plugin.plugin_id)?.grants ?? [];
  const { description, author, license, homepage, filesystem } = manifest;
  return {
    ...plugin,
    description,
    author,
    license,
    homepage,
    filesystem,
    manifest_sha256: digest,
    key_id: keyId,
    key_label: trust.keys.find((key) => key.key_id === keyId)?.label,
    installed_at: at,
    granted,
    not_granted: [...plugin.capabilities, ...plugin.permissions].filter((name) => !granted.includes(name)),
  };
}
