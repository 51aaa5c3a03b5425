import type { PluginProblem, RegisteredPlugin, RegistryOffer } from "@mimolo/protocol";
import type { Inspection } from "../plugin/inspected.ts";
import { touchLines, touches } from "./capability.ts";
import type { Colour } from "./colour.ts";
import { printable, wrap } from "./width.ts";

/** All that is known of one plugin; the optional part of installed packages only. */
export interface PluginInfo extends RegisteredPlugin {
  readonly author?: string | undefined;
  readonly license?: string | undefined;
  readonly homepage?: string | undefined;
  /** Ranges by id. */
  readonly dependencies?: Readonly<Record<string, string>> | undefined;
  /** Plugins here that name it among what they need. */
  readonly needed_by?: readonly string[];
  readonly manifest_sha256?: string;
  readonly key_id?: string | null;
  readonly key_label?: string | undefined;
  readonly installed_at?: string;
  readonly granted?: readonly string[];
  readonly not_granted?: readonly string[];
  /** What registries offer of it, newest first. */
  readonly offers: readonly RegistryOffer[];
  readonly problems: readonly PluginProblem[];
}

/** One plugin for people. */
export function infoLines(plugin: PluginInfo, colour: Colour, columns: number): string[] {
  const { verdict, granted, not_granted: lacking = [], needed_by: neededBy = [], problems } = plugin;
  const needs = Object.entries(plugin.dependencies ?? {});
  const asked = [...plugin.capabilities, ...plugin.permissions];
  const label = plugin.key_label === undefined ? "" : ` (${printable(plugin.key_label)})`;
  const facts: [string, string | undefined][] = [
    ["verdict", colour(verdict === "trusted" ? "green" : "yellow", verdict)],
    ["state", plugin.state],
    ["type", plugin.type],
    ["offers", plugin.interfaces.length === 0 ? undefined : plugin.interfaces.join(", ")],
    ["author", plugin.author],
    ["license", plugin.license],
    ["homepage", plugin.homepage],
    ["path", plugin.path],
    ["manifest", plugin.manifest_sha256],
    ["signed by", typeof plugin.key_id === "string" ? `key ${plugin.key_id}${label}` : undefined],
    ["installed", plugin.installed_at],
    ["needs", needs.length === 0 ? undefined : needs.map(([id, range]) => `${id} ${range}`).join(", ")],
    ["needed by", neededBy.length === 0 ? undefined : neededBy.join(", ")],
    ["offered", plugin.offers.length === 0 ? undefined : offeredText(plugin.offers)],
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

/** One plugin that is not here: as its package has it, or where that cannot be read (`null`) as its registries tell of it. */
export function offeredLines(
  offers: readonly [RegistryOffer, ...RegistryOffer[]],
  found: Inspection | null,
  colour: Colour,
  columns: number,
): string[] {
  const [{ plugin_id: id, version, description, capabilities, key_id, source }] = offers;
  const needs = Object.entries(found?.manifest?.dependencies ?? {});
  const facts: (readonly [string, string])[] = [
    ["state", "not installed"],
    ["verdict", found === null ? "its package cannot be read" : verdictText(found)],
    ...(needs.length === 0 ? [] : [["needs", needs.map(([each, range]) => `${each} ${range}`).join(", ")] as const]),
    ["offered", offeredText(offers)],
    ["registry", source],
    ["signed by", `key ${key_id}`],
  ];
  const asked = found?.requested ?? capabilities;
  return [
    colour("bold", printable(`${found?.manifest?.name ?? id} ${version}, ${id}`)),
    ...(description === "" ? [] : wrap(printable(description), columns - 2).map((line) => `  ${line}`)),
    ...facts.map(([name, value]) => `  ${colour("dim", name.padEnd(9))}  ${printable(value)}`),
    "",
    ...(asked.length === 0
      ? ["It asks for nothing but its own data folder."]
      : ["It asks to touch:", ...touchLines(touches(asked, found?.manifest?.filesystem), colour, columns)]),
    "",
    `  mimolo plugin install ${id}`,
  ];
}

function verdictText({ verdict, reason }: Inspection): string {
  return verdict === "trusted" ? "trusted: it could be installed as it is" : `${verdict}: ${reason}`;
}

const MOST_VERSIONS = 8;

function offeredText(offers: readonly RegistryOffer[]): string {
  const versions = offers.slice(0, MOST_VERSIONS).map(({ version }) => version);
  return `${versions.join(", ")}${offers.length > MOST_VERSIONS ? ` and ${offers.length - MOST_VERSIONS} more` : ""}`;
}
