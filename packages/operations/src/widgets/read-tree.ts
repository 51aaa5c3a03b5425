// `tree_v1`: a tree says exactly what it means, so what it may not say is refused and named.
import { type WidgetNode, WidgetTree } from "@mimolo/protocol";
import type { z } from "zod";
import { checkDepth, MAX_WIDGET_BYTES, NodeCount, WidgetRefusal } from "./caps.ts";
import type { FragmentNode } from "./fragment.ts";

/** The nodes of a tree. Throws a `WidgetRefusal` above the caps, and where the tree breaks its schema. */
export function readTree(tree: unknown): readonly FragmentNode[] {
  const nodes: unknown = Array.isArray(tree) ? tree : [tree];
  checkSize(nodes, 1, new NodeCount(), { bytes: 0 });
  const read = WidgetTree.safeParse(tree);
  if (!read.success) throw new WidgetRefusal("invalid-tree", sentenceOf(read.error));
  return (Array.isArray(read.data) ? read.data : [read.data]).map(fragmentNode);
}

/** Before the schema looks, since it would follow a hostile depth to the end of the stack. */
function checkSize(children: unknown, depth: number, count: NodeCount, texts: { bytes: number }): void {
  if (!Array.isArray(children)) return;
  for (const node of children as readonly unknown[]) {
    count.add();
    if (typeof node === "string") addText(node, texts);
    if (typeof node !== "object" || node === null) continue;
    checkDepth(depth);
    const element: { readonly attributes?: unknown; readonly children?: unknown } = node;
    if (typeof element.attributes === "object" && element.attributes !== null) {
      for (const [name, value] of Object.entries(element.attributes)) {
        addText(name, texts);
        if (typeof value === "string") addText(value, texts);
      }
    }
    checkSize(element.children, depth + 1, count, texts);
  }
}

function addText(text: string, texts: { bytes: number }): void {
  texts.bytes += Buffer.byteLength(text);
  if (texts.bytes > MAX_WIDGET_BYTES) throw new WidgetRefusal("too-large");
}

function fragmentNode(node: WidgetNode): FragmentNode {
  if (typeof node === "string") return node;
  return {
    tag: node.tag,
    attributes: Object.entries(node.attributes ?? {}).map(([name, value]) => [name, String(value)]),
    children: (node.children ?? []).map(fragmentNode),
  };
}

function sentenceOf(error: z.ZodError): string {
  const { path, message } = deepest(error.issues[0], []);
  return `tree${path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")}: ${message}`;
}

/** Of the forms a value could have had, the one it came closest to tells what is wrong. */
function deepest(
  issue: z.core.$ZodIssue | undefined,
  above: readonly PropertyKey[],
): { path: readonly PropertyKey[]; message: string } {
  const path = [...above, ...(issue?.path ?? [])];
  if (issue?.code === "invalid_key") return { path, message: issue.issues[0]?.message ?? issue.message };
  const message = issue?.message ?? "breaks its schema";
  if (issue?.code !== "invalid_union") return { path, message };
  let best: { path: readonly PropertyKey[]; message: string } = { path, message: "is neither a text nor an element" };
  for (const [first] of issue.errors) {
    const found = deepest(first, path);
    if (found.path.length > best.path.length) best = found;
  }
  return best;
}
