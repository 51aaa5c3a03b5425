import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const packages = fileURLToPath(new URL("../../../", import.meta.url));

function bundlesOf(name: string): string[] {
  const folder = join(packages, name, "dist");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => /\.c?js$/.test(file)).map((file) => join(folder, file));
}

test("every bundle that a collector loads takes one byte of its memory for each character", () => {
  const bundles = ["control-cli", "operations", "supervisor", "ledger", "evidence", "trust", "protocol"].flatMap(
    bundlesOf,
  );

  const wide = bundles.filter((file) => /[^\0-\xFF]/.test(readFileSync(file, "utf8")));

  expect(bundles.length).toBeGreaterThan(7);
  expect(wide).toEqual([]);
});
