import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../../scripts/needs.ts";
import { probeSandbox } from "../../../src/index.ts";
import { place } from "./box.ts";

test.runIf(needs("bwrap"))("bubblewrap that works is found by running it", () => {
  expect(probeSandbox()).toEqual({ bubblewrap: expect.stringMatching(/^\/.*bwrap$/), why: "" });
});

test.runIf(process.platform === "linux")("one that is not there", () => {
  expect(probeSandbox({ env: { PATH: place().outside } })).toEqual({
    bubblewrap: null,
    why: "bubblewrap is not installed",
  });
});

test.runIf(process.platform === "linux")("one that is there and may not do its work: in its own words", () => {
  const { outside } = place();
  const bwrap = join(outside, "bwrap");
  writeFileSync(bwrap, "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n");
  chmodSync(bwrap, 0o755);
  const { bubblewrap, why } = probeSandbox({ env: { PATH: outside } });
  expect(bubblewrap).toBeNull();
  expect(why).toContain(
    `bubblewrap is installed (${bwrap}) and does not work here: setting up uid map: Permission denied`,
  );
});

test.runIf(process.platform === "linux")("one that is too old to know what we ask for", () => {
  const { outside } = place();
  writeFileSync(join(outside, "bwrap"), "#!/bin/sh\necho 'bwrap: Unknown option --size' >&2\nexit 1\n");
  chmodSync(join(outside, "bwrap"), 0o755);
  expect(probeSandbox({ env: { PATH: outside } }).why).toContain("is too old");
});

test("macOS and Windows have none, and say so", () => {
  expect(probeSandbox({ platform: "darwin" })).toEqual({ bubblewrap: null, why: "there is no sandbox for macOS yet" });
  expect(probeSandbox({ platform: "win32" }).why).toBe("there is no sandbox for Windows yet");
});
