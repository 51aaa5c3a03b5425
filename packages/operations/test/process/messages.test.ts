import { afterEach, beforeEach, expect, test } from "vitest";
import { openArchive } from "../../src/index.ts";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

const labels = ["ping", "pong", "news", "slow", "quick", "bad"];
const config = labels.map((label) => {
  const hears = label === "slow" || label === "quick" ? `hears = ["n:*"]\n` : "";
  return `[plugins.${label}]\nplugin = "acme.${label}"\nheartbeat_interval_s = 1\n${hears}`;
});

test("processes that message, publish, hang, crash and flood: each costs its caller one answer and the others nothing", async () => {
  const permissions = `permissions = ["read-messaging", "write-messaging", "read-system-info"]`;
  for (const label of labels)
    live.write(`acme.${label}`, {
      source: "converses.mjs",
      more: `interfaces = ["message_handler"]\n${permissions}\n`,
    });
  const collector = await live.started(config.join("\n"));
  const send = async (to: string, type: string, content: unknown = {}) => {
    const startMs = performance.now();
    const { status, body } = await call(collector, "POST", "/messages", { to, type, content });
    return {
      status,
      data: body["data"],
      code: body["code"],
      reason: body["reason"],
      tookMs: performance.now() - startMs,
    };
  };
  await live.until(() => collector.status().agents.every(({ state }) => state === "running"));

  // All of the following happens while somebody waits for one that hangs.
  const hanging = send("bad", "hang");

  // Two that answer each other, each waiting for the other's answer.
  const others = ["acme.pong", "acme.ping"];
  expect(await send("acme.ping", "ball", { others })).toMatchObject({ status: 200, data: { hops: 8, code: "loop" } });
  const loops = live.said.filter(({ code }) => code === "loop");
  expect(loops).toHaveLength(1);
  expect(loops[0]?.message).toContain("acme.ping → acme.pong → acme.ping");

  // One that reads no more loses the oldest; who publishes and the other subscriber notice nothing.
  expect(await send("slow", "deaf")).toMatchObject({ status: 200, data: true });
  const published = await send("news", "publish", { topic: "n:x", times: 350, bytes: 3_000 });
  expect(published).toMatchObject({ status: 200, data: { ok: 350 } });
  const { data: heard } = await send("quick", "heard");
  expect(heard).toEqual(Array.from({ length: 350 }, (_, count) => count));
  const dropped = (label: string) =>
    collector.status().agents.find((each) => each.label === label)?.counters.dropped["events"] ?? 0;
  expect(dropped("slow")).toBeGreaterThan(150);
  expect(dropped("quick")).toBe(0);

  // Who hangs, crashes or floods.
  const hung = await hanging;
  expect(hung).toMatchObject({ status: 504, code: "timed-out" });
  expect(hung.tookMs).toBeLessThan(15_000);
  expect(await send("bad", "crash")).toMatchObject({ status: 502, code: "plugin-failed", reason: "ended" });
  const isUp = () => collector.status().agents.find(({ label }) => label === "bad")?.state === "running";
  await live.until(isUp);
  const [flood, meanwhile] = await Promise.all([
    send("bad", "flood", { times: 1_000 }),
    send("quick", "ask", { method: "agents.list" }),
  ]);
  // Longer than a call may take, and neither would be.
  expect([flood.status, meanwhile.status]).toEqual([200, 200]);

  // Refusals have their codes, and nothing was evidence.
  expect(await send("news", "ask", { method: "data.get", params: { key: "k" } })).toMatchObject({
    data: { ok: false, error: { code: "permission-denied" } },
  });
  expect(await call(collector, "POST", "/messages", { type: "nobody-knows", content: 1 })).toMatchObject({
    status: 404,
    body: { code: "no-handler" },
  });
  expect(await call(collector, "POST", "/messages", { type: "x" })).toMatchObject({
    status: 400,
    body: { code: "invalid-parameter" },
  });
  expect(await call(collector, "POST", "/messages", { to: "nobody", type: "x", content: 1 })).toMatchObject({
    status: 404,
    body: { code: "unknown-plugin" },
  });
  await collector.stop({ hurry: true });
  const denied: unknown[] = [];
  for await (const { action, detail } of openArchive(live.data).audit()) if (action === "deny") denied.push(detail);
  expect(denied).toMatchObject([{ reason: "loop" }, { reason: "permission-denied", method: "data.get" }]);
}, 120_000);
