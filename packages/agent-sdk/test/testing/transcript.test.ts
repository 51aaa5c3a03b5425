import { expect, test } from "vitest";
import { defineAgent } from "../../src/index.ts";
import { mockPluginContext, playTranscript, readTranscript, writeTranscript } from "../../src/testing/index.ts";

const echo = () =>
  defineAgent({
    id: "acme.echo",
    version: "1.0.0",
    sampleEverySeconds: 1,
    sample: ({ count }) => count("ticks"),
    summarize: ({ counts }) => ({ data: counts, activity: "worked" }),
  });

const session = [
  { at_ms: 0, dir: "in", line: '{"cmd":"ack","ack":"handshake","accepted":true}' },
  { at_ms: 2500, dir: "in", line: '{"cmd":"flush","id":"f"}' },
  { at_ms: 6000, dir: "in", line_base64: Buffer.from([0xff, 0x00]).toString("base64") },
  { at_ms: 6000, dir: "in", line: '{"cmd":"shutdown"}' },
] as const;

test("a transcript is played at its own times, and gives the transcript of the new run", async () => {
  const played = await playTranscript(echo(), readTranscript(writeTranscript(session)));
  const said = played
    .filter(({ dir }) => dir === "out")
    .map(({ at_ms: atMs, line = "" }) => `${atMs} ${(JSON.parse(line) as { type: string }).type}`);
  expect(said).toEqual([
    "0 handshake",
    "0 status",
    "2500 summary",
    "2500 ack",
    "5000 heartbeat",
    "6000 log",
    "6000 summary",
    "6000 ack",
  ]);
  expect(played.filter(({ dir }) => dir === "in")).toEqual(session);
});

test("a malformed transcript is refused with the line that is wrong", () => {
  expect(() => readTranscript('{"at_ms":0,"dir":"in","line":"{}"}\n\n{"at_ms":0,"dir":"up","line":"{}"}')).toThrow(
    "line 3",
  );
});

test("a mock context remembers what was logged and sent", () => {
  const context = mockPluginContext({ config: { depth: 3 } });
  context.log("hello");
  context.log.debug("detail", { n: 1 });
  context.send({ type: "custom", note: "x" });
  expect(context.config).toEqual({ depth: 3 });
  expect(context.logged).toEqual([
    { level: "info", message: "hello" },
    { level: "debug", message: "detail", extra: { n: 1 } },
  ]);
  expect(context.sent).toEqual([{ type: "custom", note: "x" }]);
  expect(() => context.send({ type: "summary" as "custom" })).toThrow("metric");
});
