import { countText } from "../text/index.ts";
import type { FieldKind } from "./field.ts";

/** What may be entered, where that is not plain to see; empty when it is. */
export function boundsText(kind: FieldKind): string {
  if (kind.is === "lines") return kind.most === null ? "One a line." : `One a line, at most ${kind.most}.`;
  if (kind.is === "json") return "As JSON.";
  if (kind.is !== "number") return "";
  const { isWhole, least, most, above, below } = kind.bounds;
  const what = isWhole ? "A whole number" : "A number";
  const low = least === null ? (above === null ? null : `above ${countText(above)}`) : `from ${countText(least)}`;
  const high = most === null ? (below === null ? null : `below ${countText(below)}`) : `to ${countText(most)}`;
  if (low === null && high === null) return "";
  return `${[what, low, high].filter((part) => part !== null).join(" ")}.`;
}
