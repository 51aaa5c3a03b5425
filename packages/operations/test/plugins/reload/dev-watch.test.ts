import { posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { isPassedOver } from "../../../src/plugins/reload/dev-watch.ts";

test.each([
  ["a posix system", "/home/me/.work/node_modules/tick", posix],
  ["Windows", "C:\\Users\\me\\.work\\node_modules\\tick", win32],
])("on %s the files of a plugin are watched wherever it lies, and its modules are not", (_, folder, paths) => {
  // As the watcher asks on every system.
  const asked = folder.replaceAll("\\", "/");
  const passedOver = (below: string) => isPassedOver(`${asked}${below}`, folder, paths);
  expect(["", "/main.mjs", "/lib/more.mjs"].filter(passedOver)).toEqual([]);
  const aside = ["/node_modules", "/lib/node_modules/dep/index.js", "/.git/HEAD", "/debug.log", "/main.mjs~"];
  expect(aside.filter(passedOver)).toEqual(aside);
});
