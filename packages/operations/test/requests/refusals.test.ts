import { Permission } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

const asks = new PlayedPlugin("asks", Permission.options);
const stage = new Stage([asks]);
beforeAll(() => stage.up());
afterAll(() => stage.down());

test.each([
  ["message.snd", {}, "unknown-method", "did you mean message.send?"],
  ["__proto__", {}, "unknown-method", "message.send"],
  ["event.publish", {}, "invalid-params", "params.topic"],
  ["event.publish", { topic: "a\u0007" }, "invalid-params", "control characters"],
  ["event.publish", { topic: "all*" }, "invalid-params", "*"],
  ["event.subscribe", { topic: "a*b" }, "invalid-params", "at its end"],
  ["message.send", { type: "x", content: 1, too: "y" }, "invalid-params", "it takes to, type, content"],
  ["config.get", { plugin: "acme.nobody" }, "unknown-plugin", "acme.nobody"],
  ["config.set", { plugin: "local.asks", values: { sandbox: "off" } }, "invalid-params", "a person sets it"],
  ["config.set", { plugin: "local.asks", values: { a: { b: [{ env: "HOME", x: 1 }] } } }, "invalid-params", "secret"],
  ["agents.control", { label: "asks", verb: "explode" }, "invalid-params", "params.verb"],
  ["agents.control", { label: "nobody", verb: "stop" }, "unknown-agent", "nobody"],
  ["log.write", { level: "loud", message: "" }, "invalid-params", "params.level"],
  ["log.write", { label: "nobody", level: "info", message: "" }, "unknown-agent", "nobody"],
  ["plugin.invoke", { plugin: "asks", interface: "magic", method: "x" }, "invalid-params", "params.interface"],
  ["plugin.invoke", { plugin: "nobody", interface: "action", method: "execute" }, "unknown-plugin", "nobody"],
  [
    "plugin.invoke",
    { plugin: "asks", interface: "action", method: "x", timeout_ms: 0 },
    "invalid-params",
    "timeout_ms",
  ],
  ["evidence.query", { from: "yesterday" }, "invalid-params", "params.from"],
  ["evidence.query", { limit: 0 }, "invalid-params", "params.limit"],
  ["evidence.query", { cursor: "x" }, "invalid-params", "params.cursor"],
  ["data.put", { key: "" }, "invalid-params", "params.key"],
  ["data.get", { key: "k".repeat(257) }, "invalid-params", "params.key"],
] as const)("%s %j is refused as %s, naming %s", async (method, params, code, what) => {
  const { ok, error } = await stage.answer(asks.request(method, params), 5);
  expect({ ok, code: error?.code }).toEqual({ ok: false, code });
  expect(error?.message).toContain(what);
});
