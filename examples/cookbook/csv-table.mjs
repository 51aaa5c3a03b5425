// Lets people and plugins ask a CSV file for its rows.
import { readFile } from "node:fs/promises";
import { defineAgent } from "@mimolo/agent-sdk";

/** Rows of fields; a field in quotes may hold commas, line ends and, doubled, quotes. */
function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.join("") !== "");
}

await defineAgent({
  id: "cookbook.csv-table",
  version: "1.0.0",
  summarize: () => ({ data: {}, activity: "passive" }),
  onQuery: {
    sources: [{ id: "rows", description: "Rows of the file whose columns have these values" }],
    async query(_source, wanted, { config }) {
      const [columns, ...rows] = rowsOf(await readFile(config.file, "utf8"));
      const all = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
      const fits = (row) => Object.entries(wanted ?? {}).every(([column, value]) => row[column] === String(value));
      return all.filter(fits).slice(0, 100);
    },
  },
}).run();
