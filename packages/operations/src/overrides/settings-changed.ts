/** A change of what agents of a plugin are told, checked before anything is kept. */
import { checkLayer } from "../config/check.ts";
import type { ConfigNotice, ConfigProblem } from "../config/error.ts";
import {
  explainPlugin,
  type KnownPlugin,
  type LoadedConfig,
  OVERRIDES_TITLE,
  pluginIdOf,
  type RuntimeOverrides,
} from "../config/index.ts";
import { type Tree, isTable, keyText } from "../config/layer.ts";
import { configuredAgent } from "../config/loaded-config.ts";
import { checkSettings } from "../config/own-settings.ts";
import { valuesLayer } from "../config/runtime-layer.ts";
import { isSecretReference, secretsIn } from "../config/secret-reference.ts";
import { withOverrides } from "../config/with-overrides.ts";
import { CollectorError } from "../error.ts";
import { isLasting } from "./lasting-path.ts";

export interface SettingsEdit {
  readonly pluginId: string;
  /** By key as in `[plugins.<label>]`; tables are merged, `null` takes back what was changed before. */
  readonly values: Readonly<Tree>;
  /** Only for this agent; else for all agents of the plugin. */
  readonly label?: string | undefined;
}

/** Keys that decide what runs and where: those are for the configuration's files. */
const refusedKeys: ReadonlySet<string> = new Set([
  "plugin",
  "executable",
  "args",
  "env",
  "cwd",
  "runtime",
  "plugin_type",
  "launch_in_separate_terminal",
]);

/** The overrides with this change in them. `config` is the configuration they will lie over. Throws `CollectorError`:
 *  `not-installed`, `unknown-agent`, `bad-setting` with what is allowed; then nothing is to be kept. */
export function settingsChanged(
  overrides: RuntimeOverrides,
  { pluginId, values, label }: SettingsEdit,
  { config, known }: { readonly config: LoadedConfig; readonly known: readonly KnownPlugin[] },
): RuntimeOverrides {
  const before = withOverrides(config, overrides, known);
  explainPlugin(before, pluginId, known, label);
  const labels = Object.keys(before.plugins).filter((each) => {
    const agent = before.plugins[each];
    return agent !== undefined && pluginIdOf(each, agent, known) === pluginId;
  });
  const own = label === undefined ? undefined : labels.find((each) => each.toLowerCase() === label.toLowerCase());
  const shows = `mimolo plugin config ${pluginId} shows what is set`;
  refuseOthers(values, pluginId, own ?? labels[0]);
  refuseWrong(
    values,
    own ?? labels[0] ?? "agent",
    known.find(({ plugin_id }) => plugin_id === pluginId),
    shows,
  );
  const next = changedOverrides(overrides, own === undefined ? { pluginId } : { label: own }, values);
  // A plugin that nobody runs yet is asked as if somebody did.
  const trial = labels.length > 0 ? config : { ...config, plugins: { ...config.plugins, agent: agentOf(pluginId) } };
  const already = new Set(notesOf(withOverrides(trial, overrides, known)).map(({ message }) => message));
  const refused = notesOf(withOverrides(trial, next, known)).find(({ message }) => !already.has(message));
  if (refused !== undefined) throw badSetting(refused.message.replace(/^.*? left out: /, ""), refused.hint ?? shows);
  return next;
}

/** `values` merged into what is kept for a plugin or a label; `null` takes out. */
function changedOverrides(
  { plugins = {}, agents = {} }: RuntimeOverrides,
  of: { readonly pluginId: string } | { readonly label: string },
  values: Readonly<Tree>,
): RuntimeOverrides {
  if ("pluginId" in of) {
    return { agents, plugins: { ...plugins, [of.pluginId]: merged(entry(plugins, of.pluginId), values) } };
  }
  const written = Object.keys(agents).find((each) => each.toLowerCase() === of.label.toLowerCase()) ?? of.label;
  return { plugins, agents: { ...agents, [written]: merged(entry(agents, written), values) } };
}

function entry(all: Readonly<Record<string, Readonly<Tree>>>, name: string): Readonly<Tree> {
  return Object.hasOwn(all, name) ? (all[name] ?? {}) : {};
}

function merged(before: Readonly<Tree>, values: Readonly<Tree>): Tree {
  const after: Tree = { ...before };
  for (const [key, value] of Object.entries(values)) {
    const below = Object.hasOwn(before, key) ? before[key] : undefined;
    if (value === null) delete after[key];
    else if (!isTable(value) || isSecretReference(value)) after[key] = value;
    else after[key] = merged(isTable(below) && !isSecretReference(below) ? below : {}, value);
  }
  return after;
}

/** What has verbs or files of its own, with the command for it. */
function refuseOthers(values: Readonly<Tree>, id: string, label: string | undefined): void {
  for (const key of Object.keys(values)) {
    const what = `"${key}" is no setting of the plugin`;
    if (key === "enabled") throw badSetting(what, `mimolo plugin enable ${id}, or mimolo plugin disable ${id}`);
    if (!refusedKeys.has(key)) continue;
    const there = label === undefined ? "under a [plugins.LABEL]" : `with mimolo agent config ${label} ${key}=VALUE`;
    throw badSetting(what, `it is set in a configuration file, ${there}`);
  }
}

function refuseWrong(values: Readonly<Tree>, label: string, plugin: KnownPlugin | undefined, otherwise: string): void {
  for (const [key, value] of Object.entries(values)) {
    for (const { path, reference } of secretsIn(value, [key])) {
      if (!("file" in reference) || isLasting(reference.file)) continue;
      const hint = "write the whole path, or one that begins with ~/";
      throw badSetting(
        `"${keyText(path)}" names the file ${JSON.stringify(reference.file)}, which depends on where one is`,
        hint,
      );
    }
  }
  const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const { layer, problems } = valuesLayer({ plugins: { [label]: set } }, OVERRIDES_TITLE, "");
  const [first] = [...problems, ...checkLayer(layer).problems, ...checkSettings(label, [layer], plugin).problems];
  if (first !== undefined) throw ofProblem(first, otherwise);
}

function agentOf(plugin: string): LoadedConfig["plugins"][string] {
  return configuredAgent({ plugin }, { file: OVERRIDES_TITLE, folder: "" });
}

function notesOf({ notices }: LoadedConfig): ConfigNotice[] {
  return notices.filter(({ file }) => file === OVERRIDES_TITLE);
}

function ofProblem({ message, hint, allowed }: ConfigProblem, otherwise: string): CollectorError {
  const instead = allowed === undefined ? otherwise : `allowed: ${allowed.join(", ")}`;
  return badSetting(message.replace(`${OVERRIDES_TITLE}: `, ""), hint ?? instead);
}

function badSetting(message: string, hint: string): CollectorError {
  return new CollectorError("bad-setting", message, hint);
}
