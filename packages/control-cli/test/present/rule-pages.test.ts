import { expect, test } from "vitest";
import { areaTitles } from "@mimolo/agent-sdk/testing";
import { rulePages } from "../../src/conform/rule-pages.ts";
import { plain } from "../../src/present/colour.ts";
import { listLines } from "../../src/present/rule-pages.ts";

test.each([[60], [80]])("the list of rules tells every title whole at %i columns", async (columns) => {
  const pages = await rulePages(undefined);
  const lines = listLines(pages, areaTitles, plain, columns);
  expect(lines.filter((line) => line.length > columns)).toEqual([]);
  const all = lines.map((line) => line.trim()).join(" ");
  expect(pages.filter(({ id, title }) => !all.includes(`${id}  ${title}`))).toEqual([]);
  expect(all).toContain("(required, with --release)");
});
