/** The file that `mimolo init` writes. */
import { type KeyDescription, describeKeys } from "./describe.ts";

/** One agent to begin with. */
export interface StarterAgent {
  readonly label: string;
  readonly plugin: string;
  readonly description: string;
  /** What its table sets beside the plugin. */
  readonly values?: Readonly<Record<string, number | string | boolean>>;
}

/** A commented `mimolo.toml`: the agents given are switched on, all else stands there as a comment, `others` by name and the rest
 *  with its default. Loads without consent, wherever it lies. */
export function starterConfig(agents: readonly StarterAgent[] = [], others: readonly StarterAgent[] = []): string {
  const keys = describeKeys();
  const inSection = (section: string) => keys.filter((key) => key.section === section && key.alias !== key.key);
  const lines = [
    "# MiMoLo's configuration. Everything has a default: what is commented out shows it.",
    "# Check this file with: mimolo run --dry-run",
    "",
    "[monitor]",
    ...inSection("[monitor]").flatMap(commentedKey),
    "",
    "# [control]",
    ...inSection("[control]").flatMap(commentedKey),
    "",
    ...agents.flatMap(({ label, plugin, description, values = {} }) => [
      `# ${description}`,
      `[plugins.${label}]`,
      `plugin = ${JSON.stringify(plugin)}`,
      ...Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
      "",
    ]),
    ...others.flatMap(({ label, plugin, description }) => [
      `# ${description}`,
      `# [plugins.${label}]`,
      `# plugin = ${JSON.stringify(plugin)}`,
      "",
    ]),
    "# An agent of your own: any program that speaks the protocol, in any language.",
    "# [plugins.my-agent]",
    '# executable = "./my-agent.py"',
    ...inSection("[plugins.<label>]")
      .filter(({ default: value }) => typeof value === "number")
      .flatMap(commentedKey),
    "",
  ];
  return lines.join("\n");
}

function commentedKey({ key, meaning, ...description }: KeyDescription): string[] {
  const name = key.slice(key.lastIndexOf(".") + 1);
  return [`# ${inPlainWords(meaning)}`, `# ${name} = ${exampleValue(description)}`];
}

/** Without links: beside somebody's work there is no page that they lead to. */
function inPlainWords(meaning: string): string {
  return meaning.replaceAll(/[:;] see \[[^\]]+\]\([^)]*\)/g, "").replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}

/** The default as TOML, or an empty value of the right kind where there is none. */
function exampleValue({ default: value, kind }: Pick<KeyDescription, "default" | "kind">): string {
  if (value !== undefined) return JSON.stringify(value);
  return kind === "text" ? '""' : "";
}
