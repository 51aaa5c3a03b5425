// Asserts what README.md claims: first in memory on a clock moved by hand, then as a real process.
import assert from "node:assert/strict";
import { join } from "node:path";
import { driveAgent } from "../drive-agent.mjs";
import { testInMemory } from "./test-in-memory.mjs";

await testInMemory();

const agent = driveAgent(process.execPath, [join(import.meta.dirname, "main.mjs")], {
  config: { poll_interval_s: 0.05 },
});
await agent.next("handshake");
assert.equal((await agent.next("metadata")).data.monitor.label, "example_saves");
agent.accept();
assert.equal((await agent.next("event")).data.event, "files_saved");
agent.send("flush", { id: "f1" });
assert.ok((await agent.next("summary")).data.events > 0, "the summary counts the events");
assert.equal((await agent.next("ack")).id, "f1");
agent.hangUp();
assert.equal(await agent.ended(), 0);
console.log("ok: four events, one aggregate of three files, and the same over real pipes");
