// A monitor tested without a collector, a process or a wait.
import assert from "node:assert/strict";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { savesMonitor } from "./saves-monitor.mjs";

export async function testInMemory() {
  const monitor = savesMonitor();
  const collector = fakeCollector({ config: { poll_interval_s: 1 } });
  await collector.connect(monitor); // handshake and ack; the first poll is at once
  await collector.advance(4000); // four seconds on a clock moved by hand
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
  assert.deepEqual(monitor.filter([["b"], ["a", "b"]]), ["a", "b"]);
  assert.equal(await collector.shutdown(), 0);
}
