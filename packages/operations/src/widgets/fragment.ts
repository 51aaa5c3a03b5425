// What both forms of a widget are read into before it is written: known elements and texts, and not yet any order.
import type { WidgetTag } from "@mimolo/protocol";

/** An element of the allowlist, with its attributes as they came: the writer decides which of them stay. */
export interface FragmentElement {
  readonly tag: WidgetTag;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly FragmentNode[];
}

/** A text as it is read, without entities, or an element. */
export type FragmentNode = string | FragmentElement;

/** A text that a table or a list may lose without anyone seeing it. */
export function isBlank(node: FragmentNode): boolean {
  return typeof node === "string" && !/[^\t\n\f\r ]/.test(node);
}
