/** What reading a text gives, whatever its language. */
import type { ConfigErrorCode } from "./error.ts";
import { type KeyPath, type Position, type Tree, keyText } from "./layer.ts";

/** A text read, or the one reason why it could not be. */
export type ParsedText =
  | { readonly ok: true; readonly tree: Tree; readonly place: (path: KeyPath) => Position | undefined }
  | {
      readonly ok: false;
      readonly code: ConfigErrorCode;
      readonly reason: string;
      readonly position?: Position;
      readonly key?: string;
      readonly hint?: string;
    };

/** The refusal of a key defined twice; an empty path where it could not be told which. */
export function duplicateKey(path: KeyPath, first: Position | undefined, position: Position): ParsedText {
  const key = keyText(path);
  const isLabel = path.length === 2 && path[0] === "plugins";
  const name = key === "" ? "this key" : `"${key}"`;
  const before = first === undefined ? "" : ` in line ${first.line}`;
  return {
    ok: false,
    code: isLabel ? "duplicate-label" : "duplicate-key",
    reason: `${name} is already defined${before}`,
    position,
    ...(key !== "" && { key }),
    hint: isLabel ? "give every agent a label of its own, or join the two tables" : "keep one of the two",
  };
}
