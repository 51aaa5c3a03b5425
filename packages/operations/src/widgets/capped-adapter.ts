// parse5's own tree, given up at the first node too many: what a parser makes of a hostile text grows faster than the text.
import { type DefaultTreeAdapterMap, defaultTreeAdapter, type TreeAdapter } from "parse5";
import { checkDepth, NodeCount } from "./caps.ts";

type ParentNode = DefaultTreeAdapterMap["parentNode"];
type Templates = WeakMap<ParentNode, DefaultTreeAdapterMap["template"]>;

/** parse5 makes a document of its own and a root for every fragment. */
const ELEMENTS_OF_THE_PARSER = 2;

/** Builds a tree as parse5 does, but throws a `WidgetRefusal` above the caps. Good for one parse. */
export function cappedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  const count = new NodeCount();
  const templates: Templates = new WeakMap();
  let elementsOfTheParser = 0;
  return {
    ...defaultTreeAdapter,
    createElement(tag, namespace, attributes) {
      if (elementsOfTheParser < ELEMENTS_OF_THE_PARSER) elementsOfTheParser += 1;
      else count.add();
      return defaultTreeAdapter.createElement(tag, namespace, attributes);
    },
    createCommentNode(data) {
      count.add();
      return defaultTreeAdapter.createCommentNode(data);
    },
    setTemplateContent(template, content) {
      templates.set(content, template);
      defaultTreeAdapter.setTemplateContent(template, content);
    },
    appendChild(parent, node) {
      defaultTreeAdapter.appendChild(parent, node);
      if ("tagName" in node) checkDepth(depthIn(parent, templates));
    },
    insertText(parent, text) {
      if (parent.childNodes.at(-1)?.nodeName !== "#text") count.add();
      defaultTreeAdapter.insertText(parent, text);
    },
    insertTextBefore(parent, text, reference) {
      const before = parent.childNodes[parent.childNodes.indexOf(reference) - 1];
      if (before?.nodeName !== "#text") count.add();
      defaultTreeAdapter.insertTextBefore(parent, text, reference);
    },
  };
}

/** How deep an element stands in that parent; the parser's root and its document do not count. */
function depthIn(parent: ParentNode, templates: Templates): number {
  let levels = 0;
  let at: ParentNode | null | undefined = parent;
  for (; at; levels += 1) at = "parentNode" in at ? at.parentNode : templates.get(at);
  return levels - 1;
}
