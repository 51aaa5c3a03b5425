import { expect, test } from "vitest";
import { scene, turn } from "./scene.ts";

test("a render always asks, with what is wanted and the agent's own note of last time", async () => {
  const { sent, widgets, draw, answer } = scene();
  draw("<p>1</p>", { state_token: "page-2" });
  const wanted = { mode: "html_fragment_v1", canvas: { width: 320 } } as const;
  const drawn = [widgets.render("one", wanted), widgets.render("one", wanted)];
  await turn();
  expect(sent).toEqual([{ cmd: "widget_render", id: "widget-1", params: { ...wanted, state_token: "page-2" } }]);
  answer("<p>2</p>");
  expect(await Promise.all(drawn)).toMatchObject([{ html: "<p>2</p>" }, { html: "<p>2</p>" }]);
});

test("a render that comes to nothing says why", async () => {
  const { clock, owner, widget, widgets } = scene();
  const late = widgets.render("one", {});
  clock.advance(5_000);
  await expect(late).rejects.toMatchObject({ code: "timed-out", hint: "`mimolo logs one` may say more" });
  const broken = widgets.render("one", {});
  widget.refusedLine({ head: Buffer.from('{"type":"summary"'), message: "another line" });
  widget.refusedLine({ head: Buffer.from('{"at":1,"type": "widget_frame"'), message: "data.ttl_ms is no number" });
  await expect(broken).rejects.toMatchObject({ code: "plugin-failed", message: "one: data.ttl_ms is no number" });
  const cut = widgets.render("one", {});
  widget.moved("backing-off", "exit code 7");
  await expect(cut).rejects.toMatchObject({ code: "not-running" });
  owner.drawer.isDeaf = true;
  await expect(widgets.render("one", {})).rejects.toMatchObject({ code: "command-not-taken" });
});

test("an action is over when it is acknowledged, and what came of it is durable by then", async () => {
  const { owner, sent, widget, widgets, answer } = scene();
  const done = widgets.act("one", "refresh", { why: "clicked" });
  await turn();
  expect(sent).toEqual([
    { cmd: "widget_action", id: "widget-1", params: { action: "refresh", payload: { why: "clicked" } } },
  ]);
  expect(owner.flushes).toBe(1);
  answer("<p>fresh</p>");
  widget.acknowledged("widget-1", "looked");
  expect(await done).toMatchObject({
    label: "one",
    action: "refresh",
    message: "looked",
    through: 41,
    widget: { html: "<p>fresh</p>" },
  });
  const other = widgets.act("one", "switch", undefined);
  await turn();
  widget.acknowledged(undefined, undefined);
  expect(await other).toMatchObject({ message: null, through: 42 });
  expect(owner.flushes).toBe(1);
});

test("an action that nobody acknowledges, that fits no line or is one too many says so", async () => {
  const { clock, sent, widgets } = scene();
  const late = widgets.act("one", "refresh", undefined);
  clock.advance(15_000);
  await expect(late).rejects.toMatchObject({ code: "timed-out" });
  await expect(widgets.act("one", "x", "y".repeat(1_100_000))).rejects.toMatchObject({ code: "too-large" });
  const many = Array.from({ length: 9 }, (_, index) => widgets.act("one", `a${index}`, undefined));
  await expect(many[8]).rejects.toMatchObject({ code: "too-many-requests" });
  clock.advance(15_000);
  for (const each of many.slice(0, 8)) await expect(each).rejects.toMatchObject({ code: "timed-out" });
  expect(sent).toHaveLength(9);
});
