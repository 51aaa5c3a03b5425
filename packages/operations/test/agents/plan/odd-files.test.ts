import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MANIFEST_NAME } from "@mimolo/trust/package";
import { NO_TRUST } from "@mimolo/trust";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashedFile } from "../../../src/agents/plan/hashed-file.ts";
import { readPackageFolder } from "../../../src/agents/plan/package-folder.ts";
import { dataDirectory } from "../../../src/data-directory.ts";
import { readStore, readUnvouched, storeFolder } from "../../../src/trust/store.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mimolo-odd-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const digest = "0".repeat(64);

test.runIf(process.platform !== "win32")("a pipe in the place of a stored file holds nobody up", () => {
  const directory = dataDirectory(root);
  const folder = storeFolder(directory, "acme.a", "1.0.0", digest);
  mkdirSync(folder, { recursive: true });
  for (const name of [MANIFEST_NAME, `${MANIFEST_NAME}.minisig`]) execFileSync("mkfifo", [join(folder, name)]);
  expect(readPackageFolder(folder)).toMatchObject({ manifest: null, signatureText: null });
  expect(hashedFile(join(folder, MANIFEST_NAME))).toBeNull();
  const entry = {
    kind: "package",
    digest,
    grants: [],
    at: "2026-01-01T00:00:00Z",
    by: "cli",
    plugin_id: "acme.a",
    version: "1.0.0",
  } as const;
  const store = readStore(directory, { ...NO_TRUST, allow: [entry] });
  expect(store.broken).toMatchObject([{ pluginId: "acme.a", verdict: "modified" }]);
  expect(readUnvouched(directory)).toEqual([]);
});

test("a file larger than any program is not read through", () => {
  const huge = join(root, "huge");
  writeFileSync(huge, "");
  truncateSync(huge, 2 ** 40);
  const before = performance.now();
  expect(hashedFile(huge)).toBeNull();
  expect(performance.now() - before).toBeLessThan(1_000);
});
