import { WidgetReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { scene, turn } from "./scene.ts";

test("who looks gets what is fresh, and what is too old is asked for anew, once for all who look", async () => {
  const { clock, sent, widgets, answer } = scene();
  const looks = [widgets.current("one"), widgets.current("one")];
  expect(sent).toMatchObject([{ cmd: "widget_render", params: { mode: "tree_v1", canvas: {} } }]);
  answer("<p onclick=x class='mml-card other'>1<script>2</script></p>");
  const reports = await Promise.all(looks);
  expect(reports[0]).toEqual({
    label: "one",
    plugin_id: "local.one",
    mode: "html_fragment_v1",
    html: '<p class="mml-card">1</p>',
    received_at: "2026-11-21T09:00:00.000Z",
    ttl_ms: 10_000,
    expires_at: "2026-11-21T09:00:10.000Z",
    is_stale: false,
    state_token: null,
    nodes: 2,
    problem: null,
  });
  expect(reports[1]).toEqual(reports[0]);
  clock.advance(9_999);
  expect(await widgets.current("one")).toEqual(reports[0]);
  expect(sent).toHaveLength(1);
  clock.advance(1);
  const next = widgets.current("one");
  expect(sent).toHaveLength(2);
  answer("<p>2</p>");
  expect(await next).toMatchObject({ html: "<p>2</p>", is_stale: false });
});

test("where nothing newer comes in two seconds the old picture is shown, and why", async () => {
  const { clock, sent, widgets, draw } = scene();
  const first = widgets.current("one");
  clock.advance(2_000);
  expect(await first).toMatchObject({ html: null, mode: null, is_stale: true, problem: { code: "timed-out" } });
  draw("<p>old</p>");
  await turn();
  clock.advance(60_000);
  const second = widgets.current("one");
  clock.advance(2_000);
  const report = await second;
  expect(report).toMatchObject({ html: "<p>old</p>", is_stale: true, problem: { code: "timed-out" } });
  expect(WidgetReport.parse(report)).toEqual(report);
  expect(sent).toHaveLength(2);
  // The question is still open: whoever looks next waits for its answer instead of asking again.
  const third = widgets.current("one");
  expect(sent).toHaveLength(2);
  draw("<p>new</p>", { id: sent.at(-1)?.id });
  expect(await third).toMatchObject({ html: "<p>new</p>", problem: null });
});

test("an agent whose pictures are old at once is asked once in a second at most", async () => {
  const { clock, sent, widgets, answer, draw } = scene();
  draw("<p>1</p>", { ttl_ms: 0 });
  expect(await widgets.current("one")).toMatchObject({ html: "<p>1</p>", is_stale: true, problem: null });
  clock.advance(1_000);
  const next = widgets.current("one");
  answer("<p>2</p>");
  await next;
  expect(sent).toHaveLength(1);
});

test("a picture that is refused shows nothing but why", async () => {
  const { widgets, draw } = scene();
  draw("<div>".repeat(65));
  expect(await widgets.current("one")).toMatchObject({ html: null, nodes: 0, problem: { code: "too-deep" } });
  draw("<p>", { ttl_ms: 1e300 });
  expect(await widgets.current("one")).toMatchObject({ ttl_ms: 86_400_000 });
});

test("an agent that draws none has no widget, one that does not run shows its last picture or nothing", async () => {
  const silent = scene([]);
  await expect(silent.widgets.current("one")).rejects.toMatchObject({ code: "no-widget" });
  await expect(silent.widgets.render("one", {})).rejects.toMatchObject({ code: "no-widget" });
  await expect(silent.widgets.act("one", "refresh", undefined)).rejects.toMatchObject({ code: "no-widget" });
  const { owner, widget, widgets, draw } = scene();
  owner.drawer.vitals.state = "stopped";
  widget.moved("stopped", "stop-requested");
  await expect(widgets.current("one")).rejects.toMatchObject({ code: "not-running", hint: "mimolo agent start one" });
  draw("<p>last words</p>");
  widget.moved("stopped", "stop-requested");
  expect(await widgets.current("one")).toMatchObject({ html: "<p>last words</p>", is_stale: true, problem: null });
  await expect(widgets.render("one", {})).rejects.toMatchObject({ code: "not-running" });
});

test("a process that has taken the place of another is asked for a picture, however fresh the old one is", async () => {
  const { widget, widgets, sent, draw, answer } = scene();
  draw("<p>before</p>");
  expect(await widgets.current("one")).toMatchObject({ html: "<p>before</p>", is_stale: false });
  expect(sent).toEqual([]);
  widget.began(["widget_frame"]);
  const look = widgets.current("one");
  expect(sent).toMatchObject([{ cmd: "widget_render" }]);
  answer("<p>after</p>");
  expect(await look).toMatchObject({ html: "<p>after</p>", is_stale: false });
});

test("however fast it draws, pages are told twice a second, and of the last picture too", () => {
  const { clock, owner, draw } = scene();
  for (let frame = 0; frame < 300; frame += 1) {
    draw(`<p>${frame}</p>`);
    clock.advance(3);
  }
  expect(owner.told).toBe(2);
  clock.advance(500);
  expect(owner.told).toBe(3);
  clock.advance(60_000);
  expect(owner.told).toBe(3);
});

test("frames nobody saw are counted, and a later change of the buffer changes nothing", async () => {
  const { widget, widgets, draw } = scene();
  for (const text of ["1", "2", "3"]) draw(`<p>${text}</p>`);
  expect(widget.dropped).toBe(2);
  await widgets.current("one");
  draw("<p>4</p>");
  expect(widget.dropped).toBe(2);
  const line = Buffer.from('{"type":"widget_frame","data":{"mode":"html_fragment_v1","html":"5","ttl_ms":9}}');
  widget.frame(line, undefined, 0);
  line.fill(0);
  expect(await widgets.current("one")).toMatchObject({ html: "5" });
  widget.frame(Buffer.alloc(262_145), undefined, 0);
  expect(widget.dropped).toBe(4);
  expect(await widgets.current("one")).toMatchObject({ html: "5" });
});

test("what a privacy rule left of a picture is shown if it still is one", async () => {
  const { widget, widgets } = scene();
  const data = { mode: "[redacted]", html: "x", ttl_ms: 10_000 };
  widget.frame(Buffer.from(JSON.stringify({ type: "widget_frame", data })), undefined, 0);
  expect(await widgets.current("one")).toMatchObject({ html: null, problem: { code: "invalid-frame" } });
});

test("when privacy rules change or keep a frame back, the last picture is shown to nobody", async () => {
  const { owner, widget, widgets, draw } = scene();
  draw("<p>a secret</p>");
  owner.privacy = {};
  const look = widgets.current("one");
  widget.withheld();
  expect(await look).toMatchObject({
    html: null,
    problem: { code: "plugin-failed", message: "one: a privacy rule keeps its widget back" },
  });
  draw("<p>nothing of it</p>");
  expect(await widgets.current("one")).toMatchObject({ html: "<p>nothing of it</p>" });
  widget.withheld();
  expect(widget.hasPicture).toBe(false);
});

test("a new process that draws none has no widget, whatever the one before drew", async () => {
  const { widget, widgets, draw } = scene();
  draw("<p>old</p>");
  widget.began(["summary"]);
  await expect(widgets.current("one")).rejects.toMatchObject({ code: "no-widget" });
});

test("pages that show a picture hear at once that other privacy rules hold, and those who look get none of before", async () => {
  const { clock, owner, widget, widgets, draw } = scene();
  widget.judgedAnew();
  expect(owner.told).toBe(0);
  draw("<p>secret</p>");
  clock.advance(1_000);
  widget.judgedAnew();
  expect(owner.told).toBe(1);
  owner.privacy = {};
  widget.judgedAnew();
  expect(owner.told).toBe(2);
  const look = widgets.current("one");
  clock.advance(2_000);
  expect(await look).toMatchObject({ html: null, received_at: null });
});

test("what an agent has drawn goes when it may not run any more, and pages hear of it; the picture of one that stopped stays", async () => {
  const { clock, owner, widget, widgets, draw } = scene();
  draw("<p>1</p>");
  clock.advance(1_000);
  owner.drawer.vitals.state = "stopped";
  widget.moved("stopped", "stop");
  expect(await widgets.current("one")).toMatchObject({ html: "<p>1</p>", is_stale: true });
  expect(owner.told).toBe(1);
  owner.drawer.vitals.state = "blocked";
  widget.moved("blocked", "revoked");
  expect(owner.told).toBe(2);
  await expect(widgets.current("one")).rejects.toThrow("one shows nothing: it is blocked");
});
