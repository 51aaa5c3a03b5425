// A new plugin as files: templates with their places filled, and what is generated.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pluginSchemaJson } from "@mimolo/protocol";
import { kindFacts, type Kind } from "./kinds.ts";
import { languageFacts, type Language } from "./languages.ts";
import type { Names } from "./names.ts";
import { capabilitiesOf, FIRST_VERSION, INBOX, stepsOf } from "./steps.ts";

/** Path in the new folder, with `/`, → text. */
export type Rendered = ReadonlyMap<string, string>;

export interface Wanted {
  readonly kind: Kind;
  readonly language: Language;
  readonly names: Names;
  readonly author: string;
  /** MiMoLo's own, from which the range of its packages follows. */
  readonly version: string;
  /** The name of its folder; default: the label. */
  readonly folder?: string;
}

const PLACE = /\{\{([a-z_]+)\}\}/g;

/** `templates` is a folder with `common`, `common-KIND`, and for each language what all kinds of it share (`LANG/common`) and
 *  `LANG/KIND`; default: the package's. Throws for a place that nothing fills. */
export function render(wanted: Wanted, templates: string = ownTemplates()): Rendered {
  const { kind, language } = wanted;
  const places = placesOf(wanted);
  const files = new Map<string, string>();
  for (const folder of ["common", `common-${kind}`, `${language}/common`, `${language}/${kind}`]) {
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

function placesOf({ kind, language, names, author, version, folder }: Wanted): Readonly<Record<string, string>> {
  const { does, change, interfaces, looks, files: besides = [] } = kindFacts[kind];
  const facts = languageFacts[language];
  const { title, needs, command, entry, files, versionIn } = facts;
  const steps = stepsOf(kind, language, names, folder ?? names.label);
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
    capabilities: asking(capabilitiesOf(kind, language), looks),
    monitor: kind === "monitor" ? monitor.join("\n") : "",
    executable: JSON.stringify(executable),
    args: args.length === 0 ? "" : `args = [${args.map((word) => JSON.stringify(word)).join(", ")}]\n`,
    settings: looks ? 'folder = "."\n' : "",
    rules: kind === "trigger" ? saying(names.label) : "",
    files: [...files, ...besides].map(([name, purpose]) => `| \`${name}\` | ${purpose} |`).join("\n"),
    command: command(names).join(" "),
    mimolo: facts.mimolo,
    version_places: ` and \`${versionIn}\``,
    build_steps: steps.build.join("\n"),
    conform_script: steps.conform.replace(/^npx /, ""),
    conform_step: steps.conform,
    run_step: steps.run,
    see_steps: steps.see.join("\n"),
    try_step: steps.try,
    pack_steps: steps.pack.join("\n"),
    install_steps: [...steps.install, steps.runInstalled].join("\n"),
    see_installed_steps: steps.seeInstalled.join("\n"),
    first_look: looks && kind !== "reporter" ? FIRST_LOOK : "",
    comes_installed: kind === "agent" || kind === "monitor" ? EACH_MINUTE : "",
    sees_installed: looks ? SEES_INBOX : SEES_NOTHING,
  };
}

const FIRST_LOOK =
  "Its first look only learns what is there: what comes later counts, and is told five seconds later, or a few more on a busy machine. What came while it did not run is not told: it keeps no list of what was there. ";
const EACH_MINUTE = "It sums up once a minute there, so the answer takes a moment.\n\n";
const SEES_INBOX = `Installed, it reads the one folder that \`plugin.toml\` names, here \`${INBOX}\`; to look elsewhere, name another one there before you pack it.`;
const SEES_NOTHING = "Installed, it has its own data folder and sees no other.";

/** What plugin.toml asks for; what it may ask for as well stands behind a #. */
function asking(capabilities: readonly string[], looks: boolean): string {
  const off = capabilities.length === 0 ? "# " : "";
  const [why, folder] = looks
    ? ["What it may see beside its own folder; the fewer it names, the sooner others agree:", ""]
    : ["What it reads outside its own folder it has to ask for; take away the # and name it:", "# "];
  const own = capabilities.map((name) => `${name} = true`);
  const lines = [`# ${why}`, `${off}[plugin.capabilities]`, ...own, ...(looks ? [""] : ["# filesystem = true", "#"])];
  return [...lines, `${folder}[plugin.filesystem]`, `${folder}read = ["${INBOX}"]`, ""].join("\n");
}

/** A rule that acts on what a trigger fires, and a program that does it, wherever that is. */
function saying(label: string): string {
  const actor = label === "say" ? "tell" : "say";
  const lines = [
    "",
    `[plugins.${actor}]`,
    'executable = "node"',
    'args = [".try/say.mjs"]',
    "",
    "# Others act in its place: mimolo.notify shows a notice on your desktop, mimolo.http-request calls a server.",
    "[[rules]]",
    'name = "arrived"',
    'when = { source = "trigger", event = "arrived" }',
    `do = { plugin = "${actor}", params = { text = "{{data.payload.name}} arrived" } }`,
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
