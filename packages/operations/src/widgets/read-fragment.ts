// `html_fragment_v1`: read as a browser reads it, and nothing of it kept but known elements and texts.
import { WIDGET_TAGS, type WidgetTag } from "@mimolo/protocol";
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parseFragment } from "parse5";
import { cappedAdapter } from "./capped-adapter.ts";
import { checkBytes, checkDepth } from "./caps.ts";
import type { FragmentNode } from "./fragment.ts";
import { GONE_WITH_CONTENT } from "./off-list.ts";

type Node = DefaultTreeAdapterMap["childNode"];

const KNOWN: ReadonlySet<string> = new Set(WIDGET_TAGS);

/** The nodes of an HTML fragment as they would stand in a `div`. Throws a `WidgetRefusal` above the caps. */
export function readFragment(html: string): readonly FragmentNode[] {
  checkBytes(html);
  const place = defaultTreeAdapter.createElement("div", names.NS.HTML, []);
  const parsed = parseFragment(place, html, { treeAdapter: cappedAdapter(), scriptingEnabled: false });
  const nodes: FragmentNode[] = [];
  for (const node of parsed.childNodes) keep(node, nodes, 1);
  return nodes;
}

function keep(node: Node, into: FragmentNode[], depth: number): void {
  if ("value" in node) {
    into.push(node.value);
    return;
  }
  if (!("tagName" in node) || node.namespaceURI !== names.NS.HTML || GONE_WITH_CONTENT.has(node.tagName)) return;
  checkDepth(depth);
  if (!isKnown(node.tagName)) {
    for (const child of node.childNodes) keep(child, into, depth + 1);
    return;
  }
  const children: FragmentNode[] = [];
  for (const child of node.childNodes) keep(child, children, depth + 1);
  into.push({ tag: node.tagName, attributes: node.attrs.map(({ name, value }) => [name, value]), children });
}

function isKnown(tag: string): tag is WidgetTag {
  return KNOWN.has(tag);
}
