// Trees of a widget, written down as one reads them. What is drawn without words is a `figure`: of the elements there are it is the
// one that may have a name to be read out.
import type { WidgetElement, WidgetNode } from "@mimolo/protocol/wire";

const FULL_BAR = 20;
const FULL_COLUMN = 10;

type Attributes = NonNullable<WidgetElement["attributes"]>;

/** What may stand in an element; numbers become texts, and nothing is left out: `isLate && h("p", null, "late")`. */
export type WidgetChild = WidgetNode | number | false | null | undefined | readonly WidgetChild[];

/** An element: its classes as a text (`"mml-row mml-muted"`) or all its attributes, then what stands in it. */
export function h(
  tag: WidgetElement["tag"],
  look: string | Attributes | null,
  ...children: readonly WidgetChild[]
): WidgetElement {
  const attributes = typeof look === "string" ? { class: look } : look;
  const inside = children.flatMap(nodesOf);
  return {
    tag,
    ...(attributes === null ? {} : { attributes }),
    ...(inside.length === 0 ? {} : { children: inside }),
  };
}

/** A bar that is `ratio` full, 0 to 1. `label` is read out in its place. */
export function meter(ratio: number, label: string, tone = ""): WidgetElement {
  const step = stepOf(ratio, FULL_BAR);
  return h(
    "figure",
    { class: "mml-meter", "aria-label": label, title: label },
    h("span", `mml-bar mml-bar-${step}${tone === "" ? "" : ` ${tone}`}`),
  );
}

/** One column per value, as high as its share of `most` (default: of the highest). `label` is read out in its place. */
export function sparkline(values: readonly number[], label: string, most = Math.max(...values, 0)): WidgetElement {
  const columns = values.map((value) => h("span", `mml-sparkline-${stepOf(value / most, FULL_COLUMN)}`));
  return h("figure", { class: "mml-sparkline", "aria-label": label, title: label }, columns);
}

/** What is more than nothing is seen. */
function stepOf(ratio: number, steps: number): number {
  if (!(ratio > 0)) return 0;
  return Math.min(steps, Math.max(1, Math.round(ratio * steps)));
}

function nodesOf(child: WidgetChild): readonly WidgetNode[] {
  if (child === null || child === undefined || child === false) return [];
  if (typeof child === "number") return [String(child)];
  if (isList(child)) return child.flatMap(nodesOf);
  return [child];
}

function isList(child: WidgetChild): child is readonly WidgetChild[] {
  return Array.isArray(child);
}
