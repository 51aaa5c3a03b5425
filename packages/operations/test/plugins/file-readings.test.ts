import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FileReadings } from "../../src/plugins/file-readings.ts";
import { inSlices, type Pausing } from "../../src/plugins/in-slices.ts";

test("a file is read once until it changes, for each use of its own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-readings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "plugin.toml");
  const readings = new FileReadings();
  let reads = 0;
  const read = (as = "description") => readings.of(as, file, ({ size }) => `${(reads += 1)} ${size}`);
  expect(() => read()).toThrow("ENOENT");
  writeFileSync(file, "one");
  // What was written this very moment may be written again unseen.
  expect([read(), read()]).toEqual(["1 3", "2 3"]);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([read(), read(), read("npm"), read()]).toEqual(["3 3", "3 3", "4 3", "3 3"]);
  // The same length, the same date, another file.
  writeFileSync(join(folder, "new"), "two");
  renameSync(join(folder, "new"), file);
  utimesSync(file, 0, 0);
  expect(read()).toBe("5 3");
  rmSync(file);
  expect(() => read()).toThrow("ENOENT");
});

test("long work lets others go on, and what it throws is thrown", async () => {
  const seen: string[] = [];
  function* work(): Pausing<number> {
    for (let step = 0; step < 200; step += 1) {
      yield;
      for (const until = performance.now() + 0.2; performance.now() < until; );
    }
    return 7;
  }
  const timer = setInterval(() => seen.push("other"), 1);
  expect(await inSlices(work())).toBe(7);
  clearInterval(timer);
  expect(seen.length).toBeGreaterThan(1);
  const failing = inSlices(
    (function* (): Pausing<number> {
      yield;
      throw new Error("no");
    })(),
  );
  await expect(failing).rejects.toThrow("no");
});
