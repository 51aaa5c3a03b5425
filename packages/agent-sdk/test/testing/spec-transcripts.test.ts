import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defineAgent } from "../../src/index.ts";
import { playTranscript, readTranscript } from "../../src/testing/index.ts";

const folder = join(import.meta.dirname, "../../../../spec/transcripts");
const fixtures = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const read = (name: string) => readTranscript(readFileSync(join(folder, name), "utf8"));

test("every transcript of the specification can be read", () => {
  expect(fixtures.length).toBeGreaterThan(5);
  for (const name of fixtures) expect(read(name).length, name).toBeGreaterThan(0);
});

test("no command of the specification, good or bad, stops an agent that is not told to end", async () => {
  const commands = fixtures
    .flatMap(read)
    .filter(({ dir, line = "" }) => dir === "in" && !/"(reject|shutdown)"/.test(line))
    .map((entry, index) => ({ ...entry, at_ms: index * 10 }));
  const lastMs = commands.length * 10;
  const played = await playTranscript(
    defineAgent({
      id: "test.any-command",
      version: "1.0.0",
      sample: ({ count }) => count("ticks"),
      summarize: ({ counts }) => ({ data: counts, activity: "worked" }),
    }),
    [...commands, { at_ms: lastMs, dir: "in", line: '{"cmd":"flush","id":"still here"}' }],
  );
  const said = played.flatMap(({ dir, line = "" }) => (dir === "out" ? [line] : []));
  expect(said.some((line) => line.includes('"ack_command":"flush"') && line.includes("still here"))).toBe(true);
  expect(said.some((line) => line.includes('"severity":"fatal"'))).toBe(false);
});
