// What to type in the new folder, in the order that works.
import { shellWord } from "@mimolo/operations/trust";
import { kindFacts, type Kind } from "./kinds.ts";
import { languageFacts, type Language } from "./languages.ts";
import type { Names } from "./names.ts";

export const FIRST_VERSION = "0.1.0";

/** The one folder that an installed plugin asks to read, as plugin.toml names it. */
export const INBOX = "$HOME/inbox";

export interface Steps {
  readonly build: readonly string[];
  /** Runs until it is ended. */
  readonly try: string;
  readonly conform: string;
  /** Runs until it is interrupted. */
  readonly run: string;
  /** What shows that it works, while it runs: typed in its folder, too. */
  readonly see: readonly string[];
  readonly pack: readonly string[];
  /** They leave its folder: the `mimolo.toml` there names the program as it lies, under the same label. */
  readonly install: readonly string[];
  readonly runInstalled: string;
  readonly seeInstalled: readonly string[];
}

/** `folder`: the name of its own. */
export function stepsOf(kind: Kind, language: Language, names: Names, folder: string): Steps {
  const { mimolo, build, command } = languageFacts[language];
  const { looks, see } = kindFacts[kind];
  const { id } = names;
  const within = shellWord(folder);
  // Outside, npx would fetch what lies in there.
  const outside = mimolo.replace(/^npx /, `npx --prefix ${within} `);
  const asked = capabilitiesOf(kind, language);
  const grant = asked.length === 0 ? "--yes" : `--grant ${asked.join(" ")}`;
  const settings = looks ? '--settings \'{"folder":"."}\' ' : "";
  const comes = (path: string) => (looks ? [`touch ${path}`] : []);
  const inbox = [`mkdir -p "${INBOX}"`, `${outside} plugin config ${id} folder="${INBOX}"`];
  // Rules are not installed with it; none counts its runs there.
  const seen = kind === "trigger" ? [`${outside} status`] : see({ label: labelOf(kind, id), mimolo: outside });
  return {
    build: build(names),
    try: `${mimolo} try ${settings}-- ${command(names).join(" ")}`,
    conform: `${mimolo} conform --release -- ${command(names).join(" ")}`,
    run: `${mimolo} run --dev --config mimolo.toml`,
    see: [...comes("letter.txt"), ...see({ ...names, mimolo })],
    pack: [
      // Whatever lies in the folder is packed.
      ...(looks ? ["rm -f letter.txt"] : []),
      `${mimolo} key new --scope '${scopeOf(id)}'`,
      `${mimolo} plugin pack . --sign`,
    ],
    install: [
      "cd ..",
      `${outside} plugin install ${within}/${id}-${FIRST_VERSION}.mmpkg ${grant}`,
      ...(looks ? inbox : []),
      `${outside} plugin enable ${id}`,
    ],
    runInstalled: `${outside} run`,
    seeInstalled: kind === "trigger" ? seen : [...comes(`"${INBOX}/letter.txt"`), ...seen],
  };
}

/** What the plugin asks for: what its language needs, and what looks into a folder reads it. */
export function capabilitiesOf(kind: Kind, language: Language): readonly string[] {
  return [...(kindFacts[kind].looks ? ["filesystem"] : []), ...languageFacts[language].capabilities];
}

/** Evidence is of a label, which `plugin enable` makes of the id's last word; calls go to the id. */
function labelOf(kind: Kind, id: string): string {
  return kind === "agent" || kind === "monitor" ? id.slice(id.lastIndexOf(".") + 1) : id;
}

/** Everything below the author's own name. */
function scopeOf(id: string): string {
  const dot = id.indexOf(".");
  return dot === -1 ? id : `${id.slice(0, dot)}.*`;
}
