// Asserts what README.md claims: first in memory on a clock moved by hand, then as a real process.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { driveAgent } from "../drive-agent.mjs";
import { savesMonitor } from "./saves-monitor.mjs";

const monitor = savesMonitor();
const collector = fakeCollector();
await collector.connect(monitor);
await collector.advance(8000);
assert.deepEqual(
  collector.all("event").map(({ seq, data }) => [seq, data.event, data.payload.files]),
  [
    [1, "files_saved", ["chapter-1.md", "outline.md"]],
    [2, "files_saved", ["chapter-2.md", "outline.md"]],
    [3, "files_saved", ["chapter-1.md", "outline.md"]],
    [4, "files_saved", ["chapter-2.md", "outline.md"]],
  ],
);
assert.deepEqual(await collector.closeSegment(monitor), ["chapter-1.md", "chapter-2.md", "outline.md"]);
assert.equal(await collector.shutdown(), 0);

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
