import type { Scenario } from "../scenario.ts";

const CANVAS = { max_width_px: 320, max_height_px: 200 };

/** Through all its phases, and back to work in between. */
export const phases: Scenario = {
  name: "phases",
  title: "it goes through the phases of its life",
  features: ["lifecycle"],
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    await agent.ask("lifecycle", { phase: "suspend" });
    await agent.ask("lifecycle", { phase: "activate" });
    await agent.ask("flush");
    await agent.ask("lifecycle", { phase: "unload" });
    stage.step("end");
  },
};

/** Its widget is drawn, and refreshed. */
export const widgets: Scenario = {
  name: "widgets",
  title: "its widget is drawn and refreshed",
  features: ["widget_frame"],
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("render");
    await agent.ask("widget_render", { mode: "html_fragment_v1", canvas: CANVAS }, "widget_frame");
    stage.step("refresh");
    await agent.ask("widget_action", { action: "refresh", payload: {} });
    // Whatever comes late comes before this.
    await agent.ask("status", {}, "status");
    stage.step("end");
  },
};

/** Calls of what it does not offer: safe with every agent. */
export const invoked: Scenario = {
  name: "invoked",
  title: "it is called by an interface that nobody has",
  features: ["invoke"],
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("unknown");
    const from = agent.lineCount;
    const ids = ["first", "second"].map((method) =>
      agent.send("invoke", { interface: "nobody_has_this", method, params: {} }),
    );
    await agent.seen("two results", () =>
      agent.messages("result").filter(({ index }) => index >= from).length >= ids.length ? true : undefined,
    );
    stage.step("end");
  },
};

/** What comes without an answer: deliveries and segments. */
export const unanswered: Scenario = {
  name: "unanswered",
  title: "it hears of segments and events",
  features: ["segment", "events"],
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    if (agent.has("segment")) {
      stage.step("segment");
      agent.send("segment", { phase: "opened", id: "2026-03-01T09:00:00.000Z-1" });
      agent.send("segment", { phase: "closed", id: "2026-03-01T09:00:00.000Z-1" });
      await agent.ask("flush");
    }
    if (agent.has("events")) {
      stage.step("events");
      agent.send("event", { topic: "nobody.publishes.this", from: "somebody", data: { deep: [1, null] } });
      await agent.ask("flush");
    }
    stage.step("end");
  },
};
