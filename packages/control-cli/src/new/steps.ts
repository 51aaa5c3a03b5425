// What to type in the new folder, in the order that works.
import { kindFacts, type Kind } from "./kinds.ts";
import { languageFacts, type Language } from "./languages.ts";
import type { Names } from "./names.ts";

export const FIRST_VERSION = "0.1.0";

export interface Steps {
  readonly build: readonly string[];
  readonly conform: string;
  /** Runs until it is interrupted. */
  readonly run: string;
  /** What shows that it works, while it runs: typed in its folder, too. */
  readonly see: readonly string[];
  readonly pack: readonly string[];
  readonly install: readonly string[];
}

export function stepsOf(kind: Kind, language: Language, names: Names): Steps {
  const { mimolo, build, command, capabilities } = languageFacts[language];
  const { id } = names;
  const grant = capabilities.length === 0 ? "--yes" : `--grant ${capabilities.join(" ")}`;
  return {
    build: build(names),
    conform: `${mimolo} conform --release -- ${command(names).join(" ")}`,
    run: `${mimolo} run --dev --config mimolo.toml`,
    see: kindFacts[kind].see({ ...names, mimolo }),
    pack: [`${mimolo} key new --scope '${scopeOf(id)}'`, `${mimolo} plugin pack . --sign`],
    install: [`${mimolo} plugin install ${id}-${FIRST_VERSION}.mmpkg ${grant}`, `${mimolo} plugin enable ${id}`],
  };
}

/** Everything below the author's own name. */
function scopeOf(id: string): string {
  const dot = id.indexOf(".");
  return dot === -1 ? id : `${id.slice(0, dot)}.*`;
}
