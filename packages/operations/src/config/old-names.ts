/** What older files say, read as what it means today. */
import { describeKeys } from "./describe.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type ConfigLayer, type KeyPath, type Tree, isTable } from "./layer.ts";

/** Timing keys that `[control]` had in older versions end like this; today nothing there has a duration. */
const timingKey = /(_s|_ms|_sec|_secs|_seconds|_hz|_interval|_timeout|_delay)$/;

export interface ModernLayer {
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
  readonly notices: readonly ConfigNotice[];
}

/** Gives the layer without old names: aliases under their right name, ignored keys gone with one notice each kind,
 *  empty YAML sections as empty tables. */
export function modernLayer(old: ConfigLayer): ModernLayer {
  const tree: Tree = { ...old.tree };
  for (const [name, value] of Object.entries(tree)) if (value === null) tree[name] = {};
  const renamed = new Map<string, string>();
  const problems = renameAliases(old, tree, renamed);
  const notices = [...dropTimingKeys(old, tree), ...dropTerminalKeys(old, tree)];
  const place = (path: KeyPath) => {
    const alias = path[0] === "monitor" ? renamed.get(String(path[1])) : undefined;
    return old.place(alias === undefined ? path : ["monitor", alias]);
  };
  return { layer: { ...old, tree, place }, problems, notices };
}

function renameAliases(old: ConfigLayer, tree: Tree, renamed: Map<string, string>): ConfigProblem[] {
  if (!isTable(tree["monitor"])) return [];
  const monitor: Tree = { ...tree["monitor"] };
  const problems: ConfigProblem[] = [];
  for (const { key, alias } of describeKeys()) {
    if (alias === undefined || !Object.hasOwn(monitor, alias)) continue;
    const name = key.slice("monitor.".length);
    if (Object.hasOwn(monitor, name)) {
      const reason = `"${alias}" in [monitor] is another name of "${name}", which is set too`;
      problems.push(problemAt(old, ["monitor", alias], "duplicate-key", reason, { hint: `keep ${name} only` }));
    } else {
      monitor[name] = monitor[alias];
      renamed.set(name, alias);
    }
    delete monitor[alias];
  }
  tree["monitor"] = monitor;
  return problems;
}

function dropTimingKeys(old: ConfigLayer, tree: Tree): ConfigNotice[] {
  if (!isTable(tree["control"])) return [];
  const control: Tree = { ...tree["control"] };
  const dropped = Object.keys(control).filter((name) => timingKey.test(name));
  for (const name of dropped) delete control[name];
  if (Object.keys(control).length === 0 && dropped.length > 0) delete tree["control"];
  else tree["control"] = control;
  return noticeOf(
    old,
    dropped.map((name) => ["control", name]),
    "older timing keys of [control] are ignored",
  );
}

function dropTerminalKeys(old: ConfigLayer, tree: Tree): ConfigNotice[] {
  if (!isTable(tree["plugins"])) return [];
  const plugins: Tree = {};
  const dropped: KeyPath[] = [];
  for (const [label, agent] of Object.entries(tree["plugins"])) {
    plugins[label] = agent === null ? {} : isTable(agent) ? { ...agent } : agent;
    const copy = plugins[label];
    if (!isTable(copy) || !Object.hasOwn(copy, "launch_in_separate_terminal")) continue;
    dropped.push(["plugins", label, "launch_in_separate_terminal"]);
    delete copy["launch_in_separate_terminal"];
  }
  tree["plugins"] = plugins;
  return noticeOf(old, dropped, '"launch_in_separate_terminal" is ignored: agents run without a terminal');
}

/** One notice for all keys of a kind, at the first of them. */
function noticeOf(layer: ConfigLayer, dropped: readonly KeyPath[], text: string): ConfigNotice[] {
  const [first] = dropped;
  if (first === undefined) return [];
  const names = [...new Set(dropped.map((path) => String(path.at(-1))))];
  const named = text.includes(`"${names[0]}"`) ? text : `${text}: ${names.join(", ")}`;
  return [noticeAt(layer, first, named)];
}

/** A notice with its place. */
export function noticeAt(layer: ConfigLayer, path: KeyPath, text: string): ConfigNotice {
  const { message, file, line, key } = problemAt(layer, path, "invalid-value", text);
  return { message, ...(file && { file }), ...(line !== undefined && { line }), ...(key && { key }) };
}
