// A new plugin as files: templates with their places filled, and what is generated.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pluginSchemaJson } from "@mimolo/protocol";
import { kindFacts, type Kind } from "./kinds.ts";
import { languageFacts, type Language } from "./languages.ts";
import type { Names } from "./names.ts";
import { FIRST_VERSION, stepsOf } from "./steps.ts";

/** Path in the new folder, with `/`, → text. */
export type Rendered = ReadonlyMap<string, string>;

export interface Wanted {
  readonly kind: Kind;
  readonly language: Language;
  readonly names: Names;
  readonly author: string;
  /** MiMoLo's own, from which the range of its packages follows. */
  readonly version: string;
}

const PLACE = /\{\{([a-z_]+)\}\}/g;

/** `templates` is a folder with `common`, and for each language what all kinds of it share (`LANG/common`) and `LANG/KIND`; default:
 *  the package's. Throws for a place that nothing fills. */
export function render(wanted: Wanted, templates: string = ownTemplates()): Rendered {
  const { kind, language } = wanted;
  const places = placesOf(wanted);
  const files = new Map<string, string>();
  for (const folder of ["common", `${language}/common`, `${language}/${kind}`]) {
    for (const name of filesIn(`${templates}/${folder}`)) {
      const text = readFileSync(`${templates}/${folder}/${name}`, "utf8").replaceAll("\r\n", "\n");
      files.set(fileName(name), filled(text, places, `${folder}/${name}`));
    }
  }
  files.set("plugin.schema.json", `${JSON.stringify(pluginSchemaJson(), null, 2)}\n`);
  return new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The pairs there are templates for. */
export function isThere(kind: Kind, language: Language, templates: string = ownTemplates()): boolean {
  return filesIn(`${templates}/${language}/${kind}`).length > 0;
}

export function ownTemplates(): string {
  // The bundle lies in dist/, this file in src/new/: the templates lie beside the package's own file.
  const up = import.meta.url.endsWith(".ts") ? "../../templates" : "../templates";
  return fileURLToPath(new URL(up, import.meta.url));
}

function placesOf({ kind, language, names, author, version }: Wanted): Readonly<Record<string, string>> {
  const { does, change, interfaces, looks } = kindFacts[kind];
  const facts = languageFacts[language];
  const { title, needs, command, entry, capabilities, files, versionIn } = facts;
  const steps = stepsOf(kind, language, names);
  const [executable, ...args] = command(names);
  const monitor = ["", "[plugin.monitor]", `label = "${names.identifier}"`, 'data_header = "files"', ""];
  return {
    ...names,
    kind,
    does,
    change,
    needs,
    language: title,
    version: FIRST_VERSION,
    range: `^${version}`,
    author: tomlText(author),
    entry: entry(names),
    interfaces: interfaces.length === 0 ? "" : `interfaces = ${JSON.stringify(interfaces)}\n`,
    capabilities: `${capabilities.length === 0 ? "# " : ""}[plugin.capabilities]\n${capabilities.map((name) => `${name} = true\n`).join("")}`,
    monitor: kind === "monitor" ? monitor.join("\n") : "",
    executable: JSON.stringify(executable),
    args: args.length === 0 ? "" : `args = [${args.map((word) => JSON.stringify(word)).join(", ")}]\n`,
    settings: looks ? 'folder = "."\n' : "",
    rules: kind === "trigger" ? notifying(names.label) : "",
    files: files.map(([name, purpose]) => `| \`${name}\` | ${purpose} |`).join("\n"),
    command: command(names).join(" "),
    mimolo: facts.mimolo,
    version_places: ` and \`${versionIn}\``,
    build_steps: steps.build.join("\n"),
    conform_script: steps.conform.replace(/^npx /, ""),
    conform_step: steps.conform,
    run_step: steps.run,
    see_steps: steps.see.join("\n"),
    pack_steps: steps.pack.join("\n"),
    install_steps: steps.install.join("\n"),
  };
}

/** A rule that acts on what a trigger fires, and the plugin that does it. */
function notifying(label: string): string {
  const lines = [
    "",
    `[plugins.${label === "notify" ? "notice" : "notify"}]`,
    'plugin = "mimolo.notify"',
    "",
    "[[rules]]",
    'name = "arrived"',
    'when = { source = "trigger", event = "arrived" }',
    'do = { plugin = "mimolo.notify", params = { text = "{{data.payload.name}} arrived" } }',
    "",
  ];
  return lines.join("\n");
}

function filled(text: string, places: Readonly<Record<string, string>>, where: string): string {
  return text.replace(PLACE, (_whole, name: string) => {
    const value = places[name];
    if (value === undefined) throw new Error(`${where}: nothing fills {{${name}}}`);
    return value;
  });
}

/** A basic string of TOML; what no string may hold is left out. */
function tomlText(text: string): string {
  return JSON.stringify(text.replace(/[\p{Cc}\p{Cf}]/gu, ""));
}

/** npm leaves out of a package what begins with a dot and a few names: templates have `_dot_` there. */
function fileName(name: string): string {
  return name.replaceAll(/(^|\/)_dot_/g, "$1.");
}

function filesIn(folder: string): string[] {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const from = folder.length + 1;
    return found.map((entry) => `${entry.parentPath}/${entry.name}`.slice(from).replaceAll("\\", "/"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
