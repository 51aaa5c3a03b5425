// A table as a parser would have it: groups of rows of cells, and whatever else was in it beside them.
import { type FragmentElement, type FragmentNode, isBlank } from "./fragment.ts";

type Attributes = FragmentElement["attributes"];

export interface TableRow {
  readonly attributes: Attributes;
  readonly cells: FragmentElement[];
}

export interface TableGroup {
  readonly tag: "thead" | "tbody";
  readonly attributes: Attributes;
  readonly rows: TableRow[];
}

/** Its groups, those a parser adds among them, and the strays, which a parser puts before the table. */
export function tableRows(table: FragmentElement): { groups: TableGroup[]; strays: FragmentNode[] } {
  const groups: TableGroup[] = [];
  const strays: FragmentNode[] = [];
  let open: TableGroup | null = null;
  for (const child of table.children) {
    const element = typeof child === "string" ? null : child;
    if (element?.tag === "thead" || element?.tag === "tbody") {
      open = null;
      const group: TableGroup = { tag: element.tag, attributes: element.attributes, rows: [] };
      groups.push(group);
      fill(group, element.children, strays);
    } else if (element?.tag === "tr" || isCell(element)) {
      open ??= added(groups, { tag: "tbody", attributes: [], rows: [] });
      fill(open, [element], strays);
    } else if (!isBlank(child)) strays.push(child);
  }
  return { groups, strays };
}

/** Cells without a row share the row before them if they came with it, else a new one. */
function fill(group: TableGroup, children: readonly FragmentNode[], strays: FragmentNode[]): void {
  let open: TableRow | null = null;
  for (const child of children) {
    const element = typeof child === "string" ? null : child;
    if (isCell(element)) {
      open ??= added(group.rows, { attributes: [], cells: [] });
      open.cells.push(element);
    } else if (element?.tag === "tr") {
      open = null;
      const cells: FragmentElement[] = [];
      for (const cell of element.children) {
        if (typeof cell !== "string" && isCell(cell)) cells.push(cell);
        else if (!isBlank(cell)) strays.push(cell);
      }
      group.rows.push({ attributes: element.attributes, cells });
    } else if (!isBlank(child)) strays.push(child);
  }
}

function added<T>(list: T[], item: T): T {
  list.push(item);
  return item;
}

function isCell(element: FragmentElement | null): element is FragmentElement & { tag: "td" | "th" } {
  return element?.tag === "td" || element?.tag === "th";
}
