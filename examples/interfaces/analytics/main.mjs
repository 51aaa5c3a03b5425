// Counts the words and lines of the texts in a folder, and puts the numbers into words.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineReporter } from "@mimolo/agent-sdk";

const COUNTS = {
  words: (text) => text.split(/\s+/).filter(Boolean).length,
  lines: (text) => text.split("\n").length - 1,
};

await defineReporter({
  id: "example.words",
  version: "1.0.0",
  metrics: [
    { id: "words", unit: "words", description: "Words in all texts" },
    { id: "lines", unit: "lines", description: "Lines in all texts" },
  ],
  formats: ["text", "json"],
  collect: async (ids, _range, { config, progress }) => {
    const { folder = "." } = config;
    const names = (await readdir(folder)).filter((name) => name.endsWith(".txt"));
    const counted = Object.fromEntries(ids.map((id) => [id, 0]));
    for (const [index, name] of names.entries()) {
      const text = await readFile(join(folder, name), "utf8");
      for (const id of ids) counted[id] += COUNTS[id](text);
      // Ten times at most a call may ask for more time: once for each tenth of the work.
      if (index % Math.ceil(names.length / 10) === 0) progress({ percent: (100 * index) / names.length });
    }
    return counted;
  },
  report: (counted, format) =>
    format === "json"
      ? counted
      : Object.entries(counted)
          .map(([id, count]) => `${count} ${id}`)
          .join(", "),
}).run();
