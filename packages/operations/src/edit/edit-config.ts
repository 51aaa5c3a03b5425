/** What people and programs may change in the configuration of an agent, as edits of its files. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type LoadedConfig, pluginIdOf } from "../config/index.ts";
import { type Tree, isTable } from "../config/layer.ts";
import { readToml } from "../config/read-toml.ts";
import { CollectorError } from "../error.ts";
import type { ConfigChange } from "./config-change.ts";
import { editToml, type KeyEdit } from "./edit-toml.ts";
import { labelOf } from "./label-of.ts";
import { listFor, LISTS } from "./list-edit.ts";

/** One file before and after. */
export interface FileChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The edits a change takes; nothing is written. Throws `CollectorError`: `no-config-file`, `label-taken`, `unknown-agent`,
 *  `not-set`, `not-editable`. Whether the result is a right configuration is for its reader to say. */
export function fileChanges(change: ConfigChange, config: LoadedConfig): FileChange[] {
  const own = ownFile(config);
  const edits = new Map<string, KeyEdit[]>();
  const edit = (file: string, path: readonly string[], value: unknown) =>
    void edits.set(file, [...(edits.get(file) ?? []), { path, value }]);
  if (change.do === "collector") {
    for (const [section, values] of Object.entries(change.values)) {
      const list = LISTS.find((name) => name === section);
      if (list !== undefined) edit(own, [list], listFor(own, list, Array.isArray(values) ? values : [], config));
      else for (const leaf of leaves([section], values)) edit(fileOf(config, leaf.path, own), leaf.path, leaf.value);
    }
  } else if (change.do === "add") {
    refuseTaken(config, change.label);
    edit(own, ["plugins", change.label], withoutNulls(change.values));
  } else if (change.do === "duplicate") {
    refuseTaken(config, change.as);
    const label = labelOf(config, change.label);
    const agent = config.plugins[label];
    const plugin = agent?.executable === undefined ? { plugin: pluginIdOf(label, { plugin: agent?.plugin }) } : {};
    edit(homeOf(config, label, own), ["plugins", change.as], { ...plugin, ...writtenIn(config, label) });
  } else if (change.do === "remove") {
    const label = labelOf(config, change.label);
    for (const file of config.files) {
      const name = nameIn(file, label);
      if (name !== undefined) edit(file, ["plugins", name], undefined);
    }
    if (edits.size === 0) throw notInAFile(label);
  } else {
    const label = labelOf(config, change.label);
    const home = homeOf(config, label, own);
    for (const leaf of leaves(["plugins", label], change.values)) {
      const file = fileOf(config, leaf.path, home);
      edit(file, ["plugins", nameIn(file, label) ?? label, ...leaf.path.slice(2)], leaf.value);
    }
  }
  return [...edits].map(([file, keys]) => edited(file, keys));
}

/** Where a value of the files is overruled, by dotted key: what was written does not count there. */
export function overruled(change: ConfigChange, config: LoadedConfig): string[] {
  if (change.do !== "set" && change.do !== "collector") return [];
  const roots = change.do === "set" ? [[["plugins", labelOf(config, change.label)], change.values] as const] : [];
  const sections =
    change.do === "collector" ? Object.entries(change.values).map(([name, values]) => [[name], values] as const) : [];
  return [...roots, ...sections]
    .flatMap(([path, values]) => leaves(path, values))
    .flatMap(({ path }) => {
      const origin = config.origins.get(path.join("."));
      const above = origin !== undefined && !config.files.includes(origin.from);
      return above ? [`${path.join(".")} is overruled by ${origin.from}`] : [];
    });
}

function edited(file: string, edits: readonly KeyEdit[]): FileChange {
  if (/\.(ya?ml|json)$/i.test(file)) {
    const hint = "change it in an editor; a running collector takes it over by itself";
    throw new CollectorError("not-editable", `${file}: only TOML files are edited in place`, hint);
  }
  const before = readFileSync(file, "utf8");
  const after = editToml(before, edits);
  for (const { path, value } of edits) {
    const isList = LISTS.some((name) => name === path[0]);
    if (value !== undefined || after !== before || edits.length > 1 || isList) continue;
    throw new CollectorError(
      "not-set",
      `${path.join(".")} is not set in ${file}`,
      "mimolo agent config LABEL shows what is set, and where",
    );
  }
  return { file, before, after };
}

function ownFile({ files }: LoadedConfig): string {
  const file = files.at(-1);
  if (file !== undefined) return file;
  throw new CollectorError(
    "no-config-file",
    "there is no configuration file to edit",
    "`mimolo init` writes one; then say the same again",
  );
}

/** The file a label is configured in; the highest of all for one that comes from elsewhere. */
function homeOf({ plugins, files }: LoadedConfig, label: string, own: string): string {
  const from = plugins[label]?.from.file;
  return from !== undefined && files.includes(from) ? from : own;
}

/** The file that sets a value now, so that the edit counts. */
function fileOf({ origins, files }: LoadedConfig, path: readonly string[], otherwise: string): string {
  const from = origins.get(path.join("."))?.from;
  return from !== undefined && files.includes(from) ? from : otherwise;
}

function refuseTaken({ plugins }: LoadedConfig, label: string): void {
  const taken = Object.keys(plugins).find((each) => each.toLowerCase() === label.toLowerCase());
  if (taken === undefined) return;
  const hint = `take another label, or change it: mimolo agent config ${taken} KEY=VALUE`;
  throw new CollectorError("label-taken", `there is an agent "${taken}" already`, hint);
}

function notInAFile(label: string): CollectorError {
  const hint = `it comes from the environment or is built in; a file can switch it off: mimolo agent config ${label} enabled=false`;
  return new CollectorError("not-editable", `no file configures the agent "${label}"`, hint);
}

/** All that the files say of a label, the higher ones winning. */
function writtenIn({ files }: LoadedConfig, label: string): Tree {
  return Object.assign({}, ...files.map((file) => agentIn(file, label)?.[1] ?? {})) as Tree;
}

/** How a file spells a label, if it speaks of it. */
function nameIn(file: string, label: string): string | undefined {
  return agentIn(file, label)?.[0];
}

function agentIn(file: string, label: string): [string, Tree] | undefined {
  const read = /\.(ya?ml|json)$/i.test(file) ? undefined : readToml(readFileSync(file, "utf8"));
  const plugins = read?.ok === true ? read.tree["plugins"] : undefined;
  const found = Object.entries(isTable(plugins) ? plugins : {}).find(
    ([name]) => name.toLowerCase() === label.toLowerCase(),
  );
  return found !== undefined && isTable(found[1]) ? [found[0], found[1]] : undefined;
}

/** Every single value of a merge; an empty table counts as one. */
function leaves(path: readonly string[], value: unknown): { path: readonly string[]; value: unknown }[] {
  if (!isTable(value) || isDeepStrictEqual(value, {})) return [{ path, value: value ?? undefined }];
  return Object.entries(value).flatMap(([name, inner]) => leaves([...path, name], inner));
}

function withoutNulls(values: Readonly<Tree>): Tree {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
