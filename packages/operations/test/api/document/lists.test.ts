import { expect, test } from "vitest";
import { openApiDocument } from "../../../src/index.ts";

interface Described {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly parameters?: readonly { name: string }[] } }>>;
}

const lists = ["agents", "artifacts", "audit", "capabilities", "diagnostics", "evidence", "grants", "keys", "plugins"];

test("every list is read by the page", async () => {
  const { paths } = (await openApiDocument()) as unknown as Described;
  const paged = Object.entries(paths)
    .filter(([, { get }]) => get?.parameters?.some(({ name }) => name === "cursor") === true)
    .map(([path]) => path.slice("/api/v1/".length));
  expect(paged.toSorted()).toEqual([...lists, "rules"]);
  for (const path of paged) {
    const names = paths[`/api/v1/${path}`]?.get?.parameters?.map(({ name }) => name);
    expect(names, path).toEqual(expect.arrayContaining(["cursor", "limit"]));
  }
});
