import type { PluginProblem, RegisteredPlugin } from "@mimolo/protocol";
import { type Roots, touchLines, touches } from "./capability.ts";
import type { Colour } from "./colour.ts";
import { printable, wrap } from "./width.ts";

/** All that is known of one plugin; the optional part of installed packages only. */
export interface PluginInfo extends RegisteredPlugin {
  readonly description?: string | undefined;
  readonly author?: string | undefined;
  readonly license?: string | undefined;
  readonly homepage?: string | undefined;
  readonly filesystem?: Roots | undefined;
  readonly manifest_sha256?: string;
  readonly key_id?: string | null;
  readonly key_label?: string | undefined;
  readonly installed_at?: string;
  readonly granted?: readonly string[];
  readonly not_granted?: readonly string[];
  readonly problems: readonly PluginProblem[];
}

/** One plugin for people. */
export function infoLines(plugin: PluginInfo, colour: Colour, columns: number): string[] {
  const { verdict, granted, not_granted: lacking = [], problems } = plugin;
  const asked = [...plugin.capabilities, ...plugin.permissions];
  const label = plugin.key_label === undefined ? "" : ` (${printable(plugin.key_label)})`;
  const facts: [string, string | undefined][] = [
    ["verdict", colour(verdict === "trusted" ? "green" : "yellow", verdict)],
    ["state", plugin.state],
    ["type", [plugin.type, ...plugin.interfaces].join(", ")],
    ["author", plugin.author],
    ["license", plugin.license],
    ["homepage", plugin.homepage],
    ["path", plugin.path],
    ["manifest", plugin.manifest_sha256],
    ["signed by", typeof plugin.key_id === "string" ? `key ${plugin.key_id}${label}` : undefined],
    ["installed", plugin.installed_at],
  ];
  const mark = (name: string) => {
    if (lacking.includes(name)) return colour("yellow", "(not granted)");
    return granted?.includes(name) === true ? colour("green", "(granted)") : "";
  };
  return [
    `${colour("bold", `${printable(plugin.name)} ${plugin.version}`.trimEnd())}, ${printable(plugin.plugin_id)}`,
    ...(plugin.description === undefined
      ? []
      : wrap(printable(plugin.description), columns - 2).map((line) => `  ${line}`)),
    ...facts.flatMap(([name, value]) =>
      value === undefined
        ? []
        : [`  ${colour("dim", name.padEnd(9))}  ${name === "verdict" ? value : printable(value)}`],
    ),
    "",
    ...(asked.length === 0
      ? ["It asks for nothing but its own data folder."]
      : [
          granted === undefined ? "It may touch:" : "It asks to touch:",
          ...touchLines(touches(asked, plugin.filesystem), colour, columns, mark),
        ]),
    ...(lacking.length === 0 ? [] : [`  mimolo plugin grant ${plugin.plugin_id} ${lacking.join(" ")}`]),
    ...problems.flatMap(({ message }) => ["", ...wrap(printable(message), columns)]),
  ];
}
