// A list holds items only: whatever else stands in it becomes one.
import { type FragmentElement, type FragmentNode, isBlank } from "./fragment.ts";

/** The items of a list; neighbours that are none share a new one, blanks between items go. */
export function listItems(list: FragmentElement): FragmentElement[] {
  const items: FragmentElement[] = [];
  let open: FragmentNode[] | null = null;
  for (const child of list.children) {
    if (typeof child !== "string" && child.tag === "li") {
      open = null;
      items.push(child);
    } else if (open !== null) open.push(child);
    else if (!isBlank(child)) items.push({ tag: "li", attributes: [], children: (open = [child]) });
  }
  return items;
}
