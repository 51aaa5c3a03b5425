import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { syncFolder } from "../src/sync-folder.ts";

test.runIf(process.platform === "linux")("a folder that cannot be flushed takes new names nevertheless", () => {
  expect(() => syncFolder("/proc")).not.toThrow();
});

test.runIf(process.platform !== "win32")("a folder that is not there is told", () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-sync-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(() => syncFolder(folder)).not.toThrow();
  expect(() => syncFolder(join(folder, "gone"))).toThrow("ENOENT");
});
