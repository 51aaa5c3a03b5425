import { expect, test } from "vitest";
import { FrameSlot } from "../../src/agents/frame-slot.ts";

test("the last frame counts, those nobody read before the next are counted", () => {
  const slot = new FrameSlot();
  expect(slot.read()).toBeNull();
  const line = Buffer.from("one");
  slot.put(line);
  line.fill(0);
  expect(Buffer.from(slot.read() ?? []).toString()).toBe("one");
  slot.put(Buffer.from("two"));
  slot.put(Buffer.from("three"));
  expect(slot.dropped).toBe(1);
  expect(Buffer.from(slot.read() ?? []).toString()).toBe("three");
});

test("a frame over its size is dropped and the one before stays", () => {
  const slot = new FrameSlot();
  slot.put(Buffer.from("small"));
  slot.put(Buffer.alloc(262_145));
  expect(slot.dropped).toBe(1);
  expect(slot.read()).toHaveLength(5);
});
