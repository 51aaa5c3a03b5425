import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Lane, Outbox } from "../src/outbox.ts";

/** A channel that takes a write only when told to. */
function heldChannel() {
  const written: string[] = [];
  let release = () => {};
  let isOpen = false;
  return {
    written,
    open() {
      isOpen = true;
      release();
    },
    read: async () => null,
    async write(lines: string) {
      if (!isOpen) await new Promise<void>((resolve) => (release = resolve));
      written.push(lines);
    },
  };
}

test("what is said in one go is written in one go, in its order", async () => {
  const channel = heldChannel();
  channel.open();
  const outbox = new Outbox(channel, () => {});
  outbox.put("report", "a\n");
  outbox.put("evidence", "b\n");
  outbox.put("report", "c\n");
  await outbox.drained();
  expect(channel.written).toEqual(["a\nb\nc\n"]);
  expect(outbox.waiting).toBe(0);
});

test("whatever is said while nobody reads, the queue stays bounded and evidence stays whole and in order", async () => {
  const lane = fc.constantFrom<Lane>("report", "evidence", "heartbeat", "log");
  const talk = fc.array(fc.record({ lane, bytes: fc.integer({ min: 1, max: 20_000 }) }), { maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(talk, async (lines) => {
      const channel = heldChannel();
      const outbox = new Outbox(channel, () => {});
      const accepted: string[] = [];
      for (const [index, { lane: kind, bytes }] of lines.entries()) {
        if (kind === "evidence" && !outbox.hasRoom) continue;
        const line = `${kind}${index} ${"x".repeat(bytes)}\n`;
        if (kind === "evidence") accepted.push(line);
        outbox.put(kind, line);
      }
      expect(outbox.waiting).toBeLessThanOrEqual(256 + 1 + 100 + 1024);
      channel.open();
      await outbox.drained();
      const came = channel.written.join("");
      const evidence = came.split("\n").filter((line) => line.startsWith("evidence"));
      expect(evidence).toEqual(accepted.map((line) => line.trimEnd()));
      expect(came.split("\n").filter((line) => line.startsWith("heartbeat")).length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 25 },
  );
});

test("the newest logs are kept, and how many were lost can be asked", async () => {
  const channel = heldChannel();
  const outbox = new Outbox(channel, () => {});
  outbox.put("report", "first\n");
  await Promise.resolve();
  for (let index = 0; index < 150; index++) outbox.put("log", `log ${index}\n`);
  expect(outbox.takeDropped("log")).toBe(50);
  channel.open();
  await outbox.drained();
  expect(channel.written.join("")).toMatch(/^first\nlog 50\n/);
});

test("when the collector is gone it is told once, and nothing is kept any more", async () => {
  let told = 0;
  const outbox = new Outbox({ read: async () => null, write: () => Promise.reject(new Error("EPIPE")) }, () => {
    told += 1;
  });
  outbox.put("report", "a\n");
  await outbox.drained();
  outbox.put("report", "b\n");
  await outbox.drained();
  expect(told).toBe(1);
  expect(outbox.waiting).toBe(0);
});
