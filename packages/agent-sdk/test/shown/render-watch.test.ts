import { expect, test } from "vitest";
import { fakeCollector } from "../../src/testing/index.ts";
import { renderWatch } from "./render-watch.ts";

test("the agent shown in the docs declares its burst, says why it is degraded, and that it no longer is", async () => {
  let isInstalled = false;
  const collector = fakeCollector();
  await collector.connect(
    renderWatch({ isInstalled: () => isInstalled, newFrames: () => 3, indexEverything: () => Promise.resolve() }),
  );
  isInstalled = true;
  await collector.advance(5000);
  expect(collector.all("status").map(({ health, mode, message }) => [health, mode, message])).toEqual([
    ["initializing", "intensive", "reading the index of all frames"],
    ["initializing", "normal", "over: reading the index of all frames"],
    ["ok", "normal", undefined],
    ["degraded", "normal", "the renderer is not installed"],
    ["ok", "normal", undefined],
  ]);
  expect(await collector.flush()).toMatchObject({ data: { frames: 3, activity_signal: { keep_alive: true } } });
});
