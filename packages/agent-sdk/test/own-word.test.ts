import { expect, test } from "vitest";
import { type AgentTools, defineAgent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

async function connected(sample?: () => unknown) {
  const collector = fakeCollector();
  const kept: { tools?: AgentTools } = {};
  await collector.connect(
    defineAgent({
      id: "acme.author",
      version: "1.0.0",
      onInitialize: (given) => (kept.tools = given),
      ...(sample === undefined ? {} : { sample }),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  if (kept.tools === undefined) throw new Error("no tools");
  const { context } = kept.tools;
  const said = async () => {
    await collector.advance(0);
    return collector.all("status").map(({ health, message }) => [health, message]);
  };
  return { collector, context, said };
}

test("an author says degraded, and why; the same again is no news", async () => {
  const { collector, context, said } = await connected();
  context.status("degraded", "git is not installed");
  context.status("degraded", "git is not installed");
  context.status("degraded", "git is too old");
  await collector.send({ cmd: "status" });
  context.status("ok");
  expect(await said()).toEqual([
    ["ok", undefined],
    ["degraded", "git is not installed"],
    ["degraded", "git is too old"],
    ["degraded", "git is too old"],
    ["ok", undefined],
  ]);
});

test("one that is well may have a word to say, too", async () => {
  const { collector, context, said } = await connected();
  context.status("ok", "3 letters wait");
  context.status("ok", "3 letters wait");
  await collector.send({ cmd: "status" });
  context.status("ok");
  expect(await said()).toEqual([
    ["ok", undefined],
    ["ok", "3 letters wait"],
    ["ok", "3 letters wait"],
    ["ok", undefined],
  ]);
});

test("of the author's word and the SDK's own the worse counts, and each ends by itself", async () => {
  let broken = true;
  const { collector, context, said } = await connected(() => {
    if (broken) throw new Error("disk gone");
  });
  context.status("degraded", "no network");
  await collector.advance(30_000);
  context.status("ok");
  broken = false;
  await collector.advance(60_000);
  expect(await said()).toEqual([
    ["ok", undefined],
    ["degraded", "no network"],
    ["degraded", "3 samples in a row failed"],
    ["ok", undefined],
  ]);
});

test("a burst is declared with its reason and ended once, however many there are", async () => {
  const { collector, context } = await connected();
  const endRender = context.intensive("rendering 400 frames");
  const endUpload = context.intensive("uploading them");
  endRender();
  endRender();
  await collector.send({ cmd: "status" });
  endUpload();
  await collector.advance(0);
  expect(collector.all("status").map(({ mode, message, details }) => [mode, message, details?.["mode"]])).toEqual([
    ["normal", undefined, "normal"],
    ["intensive", "rendering 400 frames", "intensive"],
    ["intensive", undefined, "intensive"],
    ["normal", "over: uploading them", "normal"],
  ]);
  expect(collector.all("status")[2]?.details).toMatchObject({ intensive: "uploading them" });
});
