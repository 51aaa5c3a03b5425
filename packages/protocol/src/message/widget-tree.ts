// A widget as a JSON tree, `tree_v1`: the same elements as the HTML form, with nothing to parse.
import { z } from "zod";

/** Every element a widget may hold; both forms know these and no others. */
export const WIDGET_TAGS = [
  "div",
  "section",
  "article",
  "header",
  "footer",
  "h1",
  "h2",
  "h3",
  "p",
  "span",
  "ul",
  "ol",
  "li",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "figure",
  "figcaption",
  "img",
  "a",
] as const;

/** Names of attributes: `class`, `title`, `alt`, `colspan`, `rowspan`, `src`, `href`, and `aria-` with small letters. */
export const WIDGET_ATTRIBUTE_PATTERN = /^(?:class|title|alt|colspan|rowspan|src|href|aria-[a-z]{1,32})$/;

/** The name of an element. */
export const WidgetTag = z.enum(WIDGET_TAGS, "is no element of a widget");
export type WidgetTag = z.infer<typeof WidgetTag>;

/** An element with what stands in it. Of its attributes, values that a widget may not show are left out when it is drawn. */
export interface WidgetElement {
  tag: WidgetTag;
  attributes?: Record<string, string | number | boolean> | undefined;
  children?: WidgetNode[] | undefined;
}

/** A text, shown as it is and never read as HTML, or an element. */
export type WidgetNode = string | WidgetElement;

export const WidgetElement: z.ZodType<WidgetElement> = z.object({
  tag: WidgetTag,
  attributes: z
    .record(
      z.string().regex(WIDGET_ATTRIBUTE_PATTERN, "is no attribute of a widget"),
      z.union([z.string(), z.number(), z.boolean()]),
    )
    .optional(),
  get children() {
    return z.array(WidgetNode).optional();
  },
});

export const WidgetNode: z.ZodType<WidgetNode> = z.union([z.string(), WidgetElement]);

/** What `widget_frame` carries as `tree`: one element, or several nodes in a row. */
export const WidgetTree = z.union([WidgetElement, z.array(WidgetNode)]);
export type WidgetTree = z.infer<typeof WidgetTree>;
