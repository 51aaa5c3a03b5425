import { at, type Examples } from "./example.ts";

const widget = {
  label: "folder-activity",
  plugin_id: "mimolo.folder-activity",
  mode: "tree_v1",
  html: '<div class="mml-card"><p><span class="mml-number">42</span> changes today</p></div>',
  received_at: at,
  ttl_ms: 15_000,
  expires_at: "2026-11-21T09:00:15.000Z",
  is_stale: false,
  state_token: null,
  nodes: 5,
  problem: null,
};

export const widgetExamples: Examples = {
  getWidget: { answer: widget },
  renderWidget: { body: { canvas: { width: 320, theme: "dark" } }, answer: widget },
  actOnWidget: {
    body: { action: "refresh" },
    answer: { label: "folder-activity", action: "refresh", message: null, through: 4711, widget },
  },
};
