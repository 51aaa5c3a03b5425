// Which attribute may stand on which element, and with what value. Everything else is left out.
import { WIDGET_CLASSES, type WidgetTag } from "@mimolo/protocol";
import { artifactToken } from "./artifact-address.ts";
import { plainText } from "./escape.ts";
import type { WidgetPolicy } from "./policy.ts";

const CLASSES: ReadonlySet<string> = new Set(WIDGET_CLASSES);
const ARIA_NAME = /^aria-[a-z]{1,32}$/;
/** Up to 100: a page that lays out a table pays for every column of it. */
const SPAN = /^(?:[1-9][0-9]?|100)$/;

/** The value as it may be written, or `null` when the attribute may not stand there. */
export function allowedValue(tag: WidgetTag, name: string, value: string, policy: WidgetPolicy): string | null {
  switch (name) {
    case "class":
      return classNames(value);
    case "title":
      return plainText(value);
    case "alt":
      return tag === "img" ? plainText(value) : null;
    case "colspan":
    case "rowspan":
      return (tag === "td" || tag === "th") && SPAN.test(value) ? value : null;
    case "src":
      return tag === "img" && artifactToken(value) !== null ? value : null;
    case "href":
      return tag === "a" ? linkAddress(value, policy) : null;
    default:
      return ARIA_NAME.test(name) ? plainText(value) : null;
  }
}

function classNames(value: string): string | null {
  const names = value.split(/[\t\n\f\r ]+/).filter((name) => CLASSES.has(name));
  return names.length === 0 ? null : names.join(" ");
}

/** As the standard writes it, so that what was asked about is what a browser would open. */
function linkAddress(value: string, policy: WidgetPolicy): string | null {
  if (policy.allowsLink === undefined || !URL.canParse(value)) return null;
  const address = new URL(value);
  if (address.protocol !== "https:" && address.protocol !== "http:") return null;
  if (address.username !== "" || address.password !== "") return null;
  return policy.allowsLink(address) ? address.href : null;
}
