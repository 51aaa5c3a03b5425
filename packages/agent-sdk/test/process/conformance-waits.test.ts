// How long the kit waits for what it has awaited in vain before.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { perform } from "../../src/testing/conformance/perform.ts";
import { olderCollector } from "../../src/testing/conformance/scenarios/other-versions.ts";
import { commandsCome } from "../../src/testing/conformance/scenarios/commands.ts";
import type { Recording } from "../../src/testing/index.ts";

const agent = (name: string) => {
  const file = fileURLToPath(new URL(`../conformance/broken/${name}.mjs`, import.meta.url));
  return [process.execPath, file] as const;
};
const waits = ({ marks }: Recording) =>
  marks.flatMap((mark) => (mark.what === "not-seen" ? [[mark.waited_for, mark.within_ms]] : []));

test("an ack that never came is hardly awaited by a collector of an older minor, whatever the machine has to do", async () => {
  const inVain = new Set(["the ack of flush"]);
  const recording = await perform(olderCollector, { command: agent("does-not-acknowledge-flush"), inVain });
  expect(waits(recording)).toEqual([["the ack of flush", 500]]);
});

test("of an agent that has left two kinds of acks out no third is awaited for long", async () => {
  const inVain = new Set(["the ack of lifecycle", "the ack of flush"]);
  const recording = await perform(commandsCome, { command: agent("does-not-acknowledge-stop"), inVain });
  expect(waits(recording)[0]).toEqual(["the ack of stop", 500]);
  expect(waits(recording).find(([what]) => what === "an ack for each step of a sequence")?.[1]).toBeLessThan(1600);
});
