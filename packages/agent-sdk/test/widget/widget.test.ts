import { WidgetTree } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { defineAgent, defineMonitor, h } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

const base = {
  id: "test.shown",
  version: "1.0.0",
  summarize: ({ counts }: { counts: object }) => ({ data: { ...counts }, activity: "worked" as const }),
};

test("whoever draws announces it, and a picture answers the command that asked for it", async () => {
  const collector = fakeCollector();
  const seen: unknown[] = [];
  const agent = defineAgent({
    ...base,
    widget: ({ width, height, theme, context }) => {
      seen.push({ width, height, theme, label: context.label });
      return h("p", "mml-text", "all is well");
    },
    widgetTtlSeconds: 60,
  });
  await collector.connect(agent);
  expect(collector.all("handshake")[0]?.capabilities).toContain("widget_frame");
  const { data } = await collector.render({ width: 320, theme: "dark" });
  expect(data).toMatchObject({
    mode: "tree_v1",
    ttl_ms: 60_000,
    tree: { tag: "p", attributes: { class: "mml-text" }, children: ["all is well"] },
  });
  expect(seen).toEqual([{ width: 320, height: null, theme: "dark", label: "test.shown" }]);
  expect(await collector.shutdown()).toBe(0);
});

test("an agent that draws nothing announces nothing, and a monitor may draw as well", async () => {
  const silent = fakeCollector();
  await silent.connect(defineAgent(base));
  expect(silent.all("handshake")[0]?.capabilities).not.toContain("widget_frame");
  await silent.send({ cmd: "widget_render", id: "1", params: { mode: "tree_v1" } });
  expect(silent.all("widget_frame")).toEqual([]);
  expect(await silent.shutdown()).toBe(0);

  const collector = fakeCollector();
  await collector.connect(defineMonitor({ label: "shown", emitEvent: () => null, widget: () => "a plain text" }));
  expect((await collector.render()).data).toMatchObject({ tree: { tag: "p", children: ["a plain text"] } });
  expect(await collector.shutdown()).toBe(0);
});

test("a refresh looks and flushes: evidence, then the picture that shows it, then the word that it is done", async () => {
  const collector = fakeCollector();
  let looks = 0;
  const agent = defineAgent({
    ...base,
    sampleEverySeconds: 3_600,
    sample: ({ count }) => count("looks", (looks += 1) > 0 ? 1 : 0),
    widget: () => h("p", null, `${looks} looks`),
  });
  await collector.connect(agent);
  const before = collector.messages.length;
  expect(looks).toBe(1);
  const ack = await collector.act("refresh");
  expect(collector.messages.slice(before).map(({ type }) => type)).toEqual(["summary", "widget_frame", "ack"]);
  expect(ack).toMatchObject({ ack_command: "widget_action" });
  expect(collector.all("summary").at(-1)?.data).toMatchObject({ looks: 2 });
  expect(collector.all("widget_frame").at(-1)?.data).toMatchObject({
    request_id: ack.id,
    tree: { children: ["2 looks"] },
  });
  expect(await collector.shutdown()).toBe(0);
});

test("a look that hangs does not hold up a refresh for ever, and a stopped agent is not made to look", async () => {
  const collector = fakeCollector();
  let looks = 0;
  const agent = defineAgent({
    ...base,
    sampleEverySeconds: 3_600,
    sample: () => ((looks += 1) === 2 ? new Promise(() => undefined) : undefined),
    widget: () => h("p", null, "here"),
  });
  await collector.connect(agent);
  await collector.send({ cmd: "widget_action", id: "hangs", params: { action: "refresh" } });
  expect(collector.all("ack")).toEqual([]);
  await collector.advance(5_000);
  expect((await collector.next("ack")).id).toBe("hangs");
  await collector.send({ cmd: "stop" });
  await collector.act("refresh");
  expect(looks).toBe(2);
  expect(await collector.shutdown()).toBe(0);
});

test("a widget that throws, hangs, is too long or is none is shown as that, and told", async () => {
  const collector = fakeCollector();
  const pictures: (() => unknown)[] = [
    () => {
      throw new Error("no figures yet");
    },
    () => new Promise(() => undefined),
    () => h("p", null, "x".repeat(300_000)),
    () => 7,
  ];
  const agent = defineAgent({ ...base, widget: () => pictures.shift()?.() as string });
  await collector.connect(agent);
  const textOf = async (): Promise<string> => JSON.stringify((await collector.render()).data);
  expect(await textOf()).toContain("could not be drawn: no figures yet");
  const hanging = textOf();
  await collector.send({ cmd: "status" });
  await collector.advance(4_000);
  expect(await hanging).toContain("longer than 4 s");
  expect(await textOf()).toContain("which fit no line");
  expect(await textOf()).toContain("no element");
  expect(collector.all("error").map(({ code }) => code)).toEqual(Array(4).fill("widget-failed"));
  expect(await collector.shutdown()).toBe(0);
});

test("a widget may be longer than any other line", async () => {
  const collector = fakeCollector();
  await collector.connect(defineAgent({ ...base, widget: () => h("p", null, "x".repeat(200_000)) }));
  expect(JSON.stringify((await collector.render()).data).length).toBeGreaterThan(200_000);
  expect(await collector.shutdown()).toBe(0);
});

test("an action is done, drawn and acknowledged, whatever its author makes of it", async () => {
  const collector = fakeCollector();
  let lamp = "off";
  const agent = defineAgent({
    ...base,
    widget: () => h("p", null, lamp),
    onWidgetAction(action, payload) {
      if (action === "break") throw new Error("the lamp is broken");
      lamp = String(payload);
      return `the lamp is ${lamp}`;
    },
  });
  await collector.connect(agent);
  expect((await collector.act("switch", "on")).message).toBe("the lamp is on");
  expect(collector.all("widget_frame").at(-1)?.data).toMatchObject({ tree: { children: ["on"] } });
  expect((await collector.act("break")).message).toBe("the lamp is broken");
  expect(collector.all("error").at(-1)).toMatchObject({ code: "widget-action-failed" });
  expect(await collector.shutdown()).toBe(0);

  const plain = fakeCollector();
  await plain.connect(defineAgent({ ...base, widget: () => "x" }));
  expect((await plain.act("switch")).message).toBe('there is no action "switch" here');
  expect(await plain.shutdown()).toBe(0);
});

test("trees are what the collector takes as trees", () => {
  const isLate = false as boolean;
  const tree = h(
    "div",
    { class: "mml-card", title: "today" },
    h("h3", "mml-title", "Folders"),
    [h("p", null, 3, " files"), null],
    isLate && h("p", "mml-bad", "late"),
    undefined,
  );
  expect(tree).toEqual({
    tag: "div",
    attributes: { class: "mml-card", title: "today" },
    children: [
      { tag: "h3", attributes: { class: "mml-title" }, children: ["Folders"] },
      { tag: "p", children: ["3", " files"] },
    ],
  });
  expect(WidgetTree.parse(tree)).toEqual(tree);
});
