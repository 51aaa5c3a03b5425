import type { Colour } from "./colour.ts";
import { widthOf } from "./width.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly align?: "left" | "right";
}

/** Lines of a table: bold titles, two blanks between columns, none at a line's end. Cells may carry colour. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], colour: Colour): string[] {
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index] ?? ""))),
  );
  const lineOf = (cells: readonly string[]) =>
    columns
      .map((column, index) => padded(cells[index] ?? "", widths[index] ?? 0, column.align ?? "left"))
      .join("  ")
      .trimEnd();
  const titles = columns.map((column) => column.title);
  return [colour("bold", lineOf(titles)), ...rows.map(lineOf)];
}

function padded(cell: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - widthOf(cell)));
  return align === "right" ? blanks + cell : cell + blanks;
}
