// docs/segment-files.md shows each format by an example: what is written is what stands there.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Entry } from "../../src/segments/entry.ts";
import { FORMATS } from "../../src/segments/formats.ts";
import { localDays } from "../../src/segments/local-day.ts";

const page = readFileSync(new URL("../../../../docs/segment-files.md", import.meta.url), "utf8");
const shown = (format: string) => new RegExp(`^\`\`\`${format}\n([^]*?)^\`\`\`$`, "m").exec(page)?.[1];
const days = localDays("Europe/Berlin", "00:00");

for (const [name, format] of Object.entries(FORMATS)) {
  test(`the example of ${name} is what the collector writes`, () => {
    const entries = (shown("jsonl") ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Entry);
    expect(entries).toHaveLength(2);
    expect(shown(name)).toBe(entries.map((entry) => format.render(entry, days)).join(""));
  });
}
