/** TOML text to a tree with places. */
import { TomlError, parse } from "smol-toml";
import { type KeyPath, type Position, type Tree, nearestPlace, placeKey } from "./layer.ts";
import { locateToml, mentionsInToml } from "./locate-toml.ts";
import { type ParsedText, duplicateKey } from "./parsed-text.ts";

/** Reads TOML 1.0. Never throws. */
export function readToml(text: string): ParsedText {
  try {
    const tree: Tree = parse(text);
    let place: ((path: KeyPath) => Position | undefined) | undefined;
    return {
      ok: true,
      tree,
      place: (path) => {
        place ??= nearestPlace(locateToml(text));
        return place(path);
      },
    };
  } catch (error) {
    if (!(error instanceof TomlError))
      return { ok: false, code: "invalid-toml", reason: `not valid TOML: ${String(error)}` };
    const position = { line: error.line, column: error.column };
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    if (/already defined|redefin/.test(reason)) return duplicate(text, position);
    const hint = syntaxHint(reason);
    return { ok: false, code: "invalid-toml", reason: `not valid TOML: ${reason}`, position, ...(hint && { hint }) };
  }
}

/** TOML's own duplicates, told with the place of the first one. */
function duplicate(text: string, position: Position): ParsedText {
  const mentions = mentionsInToml(text);
  const again = mentions.findIndex(({ position: at }) => at.line === position.line && at.column >= position.column);
  // `a.b = 1` mentions `a`, then `a.b`: the longest of them that was there before is the one defined twice.
  let found: { path: KeyPath; first: Position } | undefined;
  for (let index = again; index >= 0 && index < mentions.length; index += 1) {
    const mention = mentions[index];
    if (mention === undefined || mention.position.line !== position.line) break;
    const key = placeKey(mention.path);
    const first = mentions.slice(0, again).find(({ path }) => placeKey(path) === key);
    if (first === undefined) break;
    found = { path: mention.path, first: first.position };
  }
  return duplicateKey(found?.path ?? [], found?.first, position);
}

function syntaxHint(reason: string): string | undefined {
  if (reason === "invalid value")
    return 'text needs quotes: key = "text"; lists look like ["a", "b"], switches are true or false';
  if (reason.includes("end-of-line")) return 'one key = value on a line, and text in quotes: key = "text"';
  if (/end of key|in key/.test(reason)) return "every line is a [section], a key = value or a # comment";
  if (reason.includes("unfinished string")) return "close the text with the quote it began with";
  if (reason.includes("escape")) return "in 'single quotes' a backslash stands for itself, as in Windows paths";
  return undefined;
}
