import { closeSync, mkdirSync, openSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Footing } from "../src/footing.ts";
import { temporaryFolder } from "./folder-activity/scene.ts";

test("a folder that goes and comes back has its name", () => {
  const folder = join(temporaryFolder(), "a");
  mkdirSync(folder);
  const footing = new Footing([folder, join(folder, "missing")]);
  expect(footing.lost()).toBeNull();
  rmdirSync(folder);
  expect(footing.lost()).toBeNull();
  mkdirSync(folder);
  expect(footing.lost()).toBeNull();
});

test.runIf(process.platform === "linux")("a path that leads to a removed folder is lost", () => {
  const folder = join(temporaryFolder(), "a");
  mkdirSync(folder);
  const held = openSync(folder, "r");
  try {
    // As a mount would: a way to the folder that does not go by its name.
    const way = `/proc/self/fd/${held}`;
    const footing = new Footing([way]);
    expect(footing.lost()).toBeNull();
    rmdirSync(folder);
    expect(footing.lost()).toBe(way);
  } finally {
    closeSync(held);
  }
});
