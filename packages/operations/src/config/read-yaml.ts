/** YAML (and so JSON) text to a tree with places. */
import { LineCounter, type Node, type YAMLError, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { type KeyPath, type Position, isTable, nearestPlace, placeKey } from "./layer.ts";
import { type ParsedText, duplicateKey } from "./parsed-text.ts";

/** Reads YAML 1.2. Never throws; an empty document is an empty table. */
export function readYaml(text: string): ParsedText {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const [error] = document.errors;
    if (error !== undefined) return invalid(error, document.contents, lines);
    const tree: unknown = document.toJS() ?? {};
    if (!isTable(tree)) return { ok: false, code: "wrong-type", reason: "a configuration is a table of sections" };
    return { ok: true, tree, place: nearestPlace(locateNodes(document.contents, lines).places) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "invalid-yaml", reason: `not valid YAML: ${reason}` };
  }
}

function invalid(error: YAMLError, contents: Node | null, lines: LineCounter): ParsedText {
  const position = positionAt(error.pos[0], lines);
  if (error.code !== "DUPLICATE_KEY") {
    const message = (error.message.split("\n")[0] ?? "").replace(/:$/, "");
    return { ok: false, code: "invalid-yaml", reason: `not valid YAML: ${message}`, position };
  }
  const { places, repeated } = locateNodes(contents, lines);
  const path = repeated.get(error.pos[0]) ?? [];
  return duplicateKey(path, places.get(placeKey(path)), position);
}

/** Positions of all keys, and the paths of keys met again, by their offset. */
function locateNodes(root: Node | null, lines: LineCounter) {
  const places = new Map<string, Position>();
  const repeated = new Map<number, KeyPath>();
  const visit = (node: unknown, path: KeyPath): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key) || !key.range) continue;
        const inner = [...path, String(key.value)];
        if (places.has(placeKey(inner))) repeated.set(key.range[0], inner);
        else places.set(placeKey(inner), positionAt(key.range[0], lines));
        visit(value, inner);
      }
    } else if (isSeq(node)) {
      for (const [index, entry] of node.items.entries()) {
        const inner = [...path, index];
        const start = isScalar(entry) || isMap(entry) || isSeq(entry) || isAlias(entry) ? entry.range?.[0] : undefined;
        if (start !== undefined) places.set(placeKey(inner), positionAt(start, lines));
        visit(entry, inner);
      }
    }
  };
  visit(root, []);
  return { places, repeated };
}

function positionAt(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
