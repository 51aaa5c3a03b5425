import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type KeyDescription, describeKeys } from "../../src/config/index.ts";
import { scratch } from "./scratch.ts";

const page = fileURLToPath(new URL("../../../../docs/configuration.md", import.meta.url));
const begin = "<!-- keys: written by `vitest -u`, from the schemas -->\n";
const end = "<!-- end of keys -->\n";

/** One table for each section. */
function reference(): string {
  const sections = [...new Set(describeKeys().map(({ section }) => section))];
  return sections
    .map((section) => {
      const rows = describeKeys().filter((key) => key.section === section);
      return `### \`${section}\`\n\n| key | takes | default | meaning |\n|---|---|---|---|\n${rows.map(row).join("")}`;
    })
    .join("\n");
}

function row({ key, section, allowed, meaning, alias, required, default: value }: KeyDescription): string {
  const inSection = section.replaceAll(/^\[\[(.*)\]\]$/g, "$1[]").replaceAll(/^\[|\]$/g, "");
  const name = key.slice((section.startsWith("[[") ? section.slice(2, -2).length + 2 : inSection.length) + 1);
  const shown = value === undefined ? (required ? "required" : "–") : `\`${JSON.stringify(value)}\``;
  const other = alias === undefined ? "" : ` Also called \`${alias}\`.`;
  return `| \`${name}\` | ${allowed.replaceAll("|", "\\|")} | ${shown} | ${meaning}${other} |\n`;
}

test("every example on the page loads without a notice", () => {
  const examples = [...readFileSync(page, "utf8").matchAll(/^```(toml|yaml)\n(.*?)^```$/gms)];
  expect(examples.length).toBeGreaterThan(1);
  for (const [, language = "", text = ""] of examples) {
    const name = `mimolo.${language}`;
    const builtins = [{ plugin_id: "mimolo.folder-activity", default_label: "folder-activity" }];
    expect(scratch({ [`project/${name}`]: text }).load({ configFile: name, builtins }).notices).toEqual([]);
  }
});

test("the page of the configuration names every key as the schemas do", async () => {
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  expect(from, "the page marks where the keys stand").toBeGreaterThan(begin.length);
  expect(to).toBeGreaterThan(from);
  await expect(`${text.slice(0, from)}\n${reference()}\n${text.slice(to)}`).toMatchFileSnapshot(page);
});
