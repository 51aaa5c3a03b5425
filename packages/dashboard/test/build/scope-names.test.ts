import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scopeNames } from "../../build/scope-names.ts";

const hash = (text: string) => `of${text.length}`;
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mimolo-scopes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "");
  }
}

function nameOf(name: string, css = "p {}"): string {
  return scopeNames(folder)({ filename: join(folder, name), css, hash });
}

describe("the names of scopes", () => {
  it("are numbers by the order of the files, in every build the same", () => {
    put("b.svelte", "views/a.svelte", "a.svelte", "a.ts", "style.css");
    expect(["a.svelte", "b.svelte", "views/a.svelte"].map((name) => nameOf(name))).toEqual(["z0", "z1", "z2"]);
  });

  it("are never met twice, also beyond as many as there are letters and digits", () => {
    const files = Array.from({ length: 1_400 }, (_, index) => `part-${index}.svelte`);
    put(...files);
    const names = scopeNames(folder);
    const given = files.map((name) => names({ filename: join(folder, name), css: "", hash }));
    expect(new Set(given).size).toBe(files.length);
    expect(given.filter((name) => !/^z[0-9a-z]{1,3}$/u.test(name))).toEqual([]);
  });

  it("depend on nothing that stands in the file", () => {
    put("a.svelte");
    expect(nameOf("a.svelte", "p { color: red }")).toBe(nameOf("a.svelte", ""));
  });

  it("are Svelte's own for a component of another folder, and for none: svelte-check tries the settings so", () => {
    put("a.svelte");
    expect(nameOf("../elsewhere.svelte", "p {}")).toBe("svelte-of4");
    expect(scopeNames(folder)({ filename: "(unknown)", css: "i {}", hash })).toBe("svelte-of4");
  });
});
