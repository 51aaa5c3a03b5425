// An agent that draws when the test says so, and those who look at it.
import { manualClock } from "@mimolo/agent-sdk/testing";
import type { OutgoingCommand } from "@mimolo/supervisor";
import { AgentWidget } from "../../src/widgets/agent-widget.ts";
import { Widgets } from "../../src/widgets/widgets.ts";

export function scene(features: readonly string[] = ["widget_frame"]) {
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 9) });
  const sent: OutgoingCommand[] = [];
  const owner = {
    told: 0,
    privacy: {},
    flushes: 0,
    drawer: {
      vitals: { state: "running" },
      isDeaf: false,
      has: (feature: string) => features.includes(feature),
      send(command: OutgoingCommand) {
        if (!owner.drawer.isDeaf) sent.push(command);
        return !owner.drawer.isDeaf;
      },
    },
    drew: () => void (owner.told += 1),
    flushing: () => void (owner.flushes += 1),
  };
  const widget = new AgentWidget(clock, owner);
  widget.began(features);
  const agent = { label: "one", plan: { pluginId: "local.one" }, widget, snapshot: owner.drawer.vitals };
  let commits = 0;
  const widgets = new Widgets({
    clock,
    agent: () => agent,
    commit: () => Promise.resolve(void (commits += 1)),
    through: () => 40 + commits,
  });
  const draw = (
    html: string,
    { id, ...more }: { id?: string | undefined; ttl_ms?: number; state_token?: string } = {},
  ) => {
    const data = { mode: "html_fragment_v1", html, ttl_ms: 10_000, ...more };
    widget.frame(Buffer.from(JSON.stringify({ type: "widget_frame", data })), id, clock.wallMs());
  };
  /** Draws what was asked for last. */
  const answer = (html: string) => draw(html, { id: sent.at(-1)?.id });
  return { clock, owner, sent, widget, widgets, draw, answer };
}

/** What was put off to the next turn has happened. */
export const turn = () => new Promise((resolve) => void setImmediate(resolve));
