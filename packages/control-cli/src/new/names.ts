// The names a new plugin goes by, all made of the one that was typed.
import { LABEL_PATTERN, PluginId } from "@mimolo/protocol";

export interface Names {
  /** Its folder, and its label where it is configured. */
  readonly label: string;
  readonly id: string;
  /** For people: `Inbox watch`. */
  readonly title: string;
  /** Of the program or package; no language has a word or a module of that name. */
  readonly program: string;
  /** A plain identifier, as monitors want one. */
  readonly identifier: string;
}

export type NamesRead =
  | { readonly ok: true; readonly names: Names }
  /** `instead`: what to type after `mimolo new KIND`, a name, perhaps with an id, that will do. */
  | { readonly ok: false; readonly why: string; readonly instead: string };

/** `LABEL_PATTERN` and `PluginId` decide; what breaks them is refused with a name that does not. */
export function namesOf(typed: string, kind: string, id?: string): NamesRead {
  if (!LABEL_PATTERN.test(typed)) {
    const why = "is no label: letters, digits, _ and -, at most 64, a letter or _ first";
    const instead = proposed(typed, kind);
    return { ok: false, why: `${JSON.stringify(typed)} ${why}. What about ${instead}?`, instead };
  }
  const slug = slugOf(typed) || kind;
  const chosen = id ?? `local.${slug}`;
  if (!PluginId.safeParse(chosen).success) {
    const better = chosen
      .split(".")
      .map(slugOf)
      .filter(Boolean)
      .join(".")
      .slice(0, 64)
      .replace(/[.-]+$/, "");
    const why = "is no id: lower-case words with - and ., at most 64 characters";
    const option = `--id ${better || `local.${kind}`}`;
    return {
      ok: false,
      why: `${JSON.stringify(chosen)} ${why}. What about ${option}?`,
      instead: `${typed} ${option}`,
    };
  }
  const program = slug.endsWith(`-${kind}`) ? slug : `${slug}-${kind}`;
  const words = slug.replaceAll("-", " ");
  const names = {
    label: typed,
    id: chosen,
    title: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    program: /^\d/.test(program) ? `a-${program}` : program,
    identifier: typed.replaceAll("-", "_"),
  };
  return { ok: true, names };
}

function proposed(typed: string, kind: string): string {
  // Short enough for `local.` before it to be an id.
  const slug = slugOf(typed)
    .replace(/^\d+-?/, "")
    .slice(0, 58)
    .replace(/-+$/, "");
  return slug === "" ? `my-${kind}` : slug;
}

/** Letters that are no other letter with a mark, and how they are written without them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  ı: "i",
};

function slugOf(text: string): string {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const plain = bare.replace(/\p{L}/gu, (letter) => LETTERS[letter] ?? letter);
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
