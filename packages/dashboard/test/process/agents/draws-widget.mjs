// Draws how often it was asked to look, in a table, and does what is done in its widget: "refresh" looks again, "add" counts up by
// as much as is said, "refuse" draws what nobody may show.
import { createInterface } from "node:readline";

const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
let looked = 0;
let added = 0;
let isBroken = false;

const figure = (label, value) => ({
  tag: "div",
  attributes: { class: "mml-card" },
  children: [
    { tag: "p", attributes: { class: "mml-label" }, children: [label] },
    { tag: "p", attributes: { class: "mml-number" }, children: [String(value)] },
  ],
});
const tree = () => ({
  tag: "section",
  attributes: { class: "mml-stack" },
  children: [
    { tag: "h2", children: ["What was counted"] },
    { tag: "div", attributes: { class: "mml-grid" }, children: [figure("looked", looked), figure("added", added)] },
    {
      tag: "div",
      attributes: { class: "mml-meter" },
      children: [{ tag: "div", attributes: { class: `mml-bar mml-bar-${Math.min(20, added)}` } }],
    },
  ],
});
const draw = (id) => {
  const data = isBroken ? { mode: "tree_v1", tree: { tag: "script" } } : { mode: "tree_v1", tree: tree() };
  say({ type: "widget_frame", data: { ...data, request_id: id, ttl_ms: 60_000, state_token: String(looked) } });
};
const look = () => {
  looked += 1;
  const activity_signal = { mode: "active", keep_alive: true, reason: "looked" };
  say({ type: "summary", data: { activity_signal, looked } });
};
const act = (id, { action, payload }) => {
  if (action === "refresh") look();
  if (action === "add") added += payload.by;
  if (action === "refuse") isBroken = true;
  draw();
  say({ type: "ack", ack_command: "widget_action", id, message: `did ${action}` });
};

const capabilities = ["heartbeat", "summary", "widget_frame"];
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities });
setInterval(() => say({ type: "heartbeat", metrics: { queue: 0 } }), 200);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, id, sequence, params } = JSON.parse(line);
    if (cmd === "widget_render") return draw(id);
    if (cmd === "widget_action") return act(id, params);
    for (const step of cmd === "sequence" ? sequence : [cmd]) {
      if (step === "flush") look();
      if (step === "flush" || step === "stop" || step === "start") say({ type: "ack", ack_command: step });
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
