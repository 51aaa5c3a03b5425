import { ControlEvent } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { EventClient } from "./event-client.ts";
import { LiveTrust } from "./live-trust.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Answers whatever it is asked. */
const program = `
import { createInterface } from "node:readline";
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["heartbeat", "invoke"] });
setInterval(() => say({ type: "heartbeat", timestamp: new Date().toISOString(), metrics: { queue: 3 } }), 200);
createInterface({ input: process.stdin }).on("line", (line) => {
  const { cmd, id, sequence = [cmd], params } = JSON.parse(line);
  for (const step of sequence) {
    if (step === "invoke") say({ type: "result", id, ok: true, data: params.method === "can_handle" ? 1 : params.method });
    else say({ type: "ack", ack_command: step });
    if (step === "shutdown") process.exit(0);
  }
}).on("close", () => process.exit(0));
`;

test("a plugin that comes, works and goes is told of in the six events, word for word", async () => {
  const live = new LiveTrust();
  await live.scene.trustAuthor();
  const interfaces = ["command", "message_handler"];
  const path = await live.scene.packed({ program, capabilities: ["display"], interfaces });
  const collector = await live.start({});
  const client = EventClient.overSocket(collector.address ?? "");
  onTestFinished(() => client.close());
  await client.say({ subscribe: ["plugin:*", "agent:heartbeat"] });
  await client.until(({ type }) => type === "subscribed");
  const done = async (type: string, verb: string, body?: object) => {
    const { status, body: answer } = await live.ask("POST", verb, body);
    expect([status, answer]).toEqual([expect.toBeOneOf([200, 201]), expect.anything()]);
    const event = await client.until((heard) => heard.type === type);
    ControlEvent.parse(event);
    return event;
  };
  const at = expect.any(String);
  const plugin = { at, plugin_id: "acme.x" };
  const installed = await done("plugin:installed", "/plugins/acme.x/install", { path, grants: ["display"] });
  expect(installed).toEqual({ ...plugin, type: "plugin:installed", version: "1.0.0", status: "installed" });
  const activated = await done("plugin:activated", "/plugins/acme.x/load");
  expect(activated).toEqual({ ...plugin, type: "plugin:activated", capabilities: ["display"] });
  const said = await done("plugin:message", "/messages", {
    to: "acme.x",
    type: "greeting",
    content: { text: "hello" },
  });
  expect(said).toEqual({ at, type: "plugin:message", from: "api", to: "acme.x", content: { text: "hello" } });
  const args = ["a", "b"];
  const order = { interface: "command", method: "execute", params: { name: "tidy", args } };
  const command = await done("plugin:command", "/plugins/acme.x/invoke", order);
  expect(command).toEqual({ ...plugin, type: "plugin:command", command: "tidy", args, result: "execute" });
  const beat = await client.until(({ type }) => type === "agent:heartbeat");
  expect(beat).toEqual({ at, type: "agent:heartbeat", label: "x", metrics: { queue: 3 } });
  const deactivated = await done("plugin:deactivated", "/plugins/acme.x/unload");
  expect(deactivated).toEqual({ ...plugin, type: "plugin:deactivated", reason: expect.any(String) });
  expect(await client.until(({ type }) => type === "plugin:unloaded")).toEqual({ ...plugin, type: "plugin:unloaded" });
});
