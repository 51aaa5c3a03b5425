import { expect, test } from "vitest";
import { begin, membersOf } from "./supervise.ts";

test("characters cut in half by the pipe arrive whole, and a last half character is refused", async () => {
  const { messages, refused, untilState } = begin("splits-utf8.mjs");
  await untilState("backing-off");
  expect(messages.map((message) => message.type)).toEqual(["handshake", "summary"]);
  expect(messages[1]?.line).toContain("Zürich ⛵ 東京 🚲");
  expect(refused).toMatchObject([{ code: "invalid-utf8", lengthBytes: 2 }]);
});

test("a line of 100 MB is skipped, counted and forgotten, and the next line is heard", async () => {
  const before = process.memoryUsage().rss;
  let highest = before;
  const { agent, messages, refused, until } = begin("hundred-megabyte-line.mjs", {
    policy: { heartbeatIntervalMs: 30_000 },
  });
  const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20);
  await until(() => messages.length === 2);
  clearInterval(watch);
  expect(refused).toEqual([{ code: "line-too-long", lengthBytes: 100_000_000, head: "x".repeat(512) }]);
  expect(agent.snapshot.counters).toMatchObject({ lines: 3, refused: { "line-too-long": 1 } });
  expect(highest - before).toBeLessThan(64 * 1024 * 1024);
});

test("NUL bytes spoil their own line and no other", async () => {
  const { messages, refused, until } = begin("nul-bytes.mjs");
  await until(() => messages.length >= 2);
  expect(messages.map((message) => message.type)).toEqual(["heartbeat", "heartbeat"]);
  expect(refused.map((line) => line.code)).toEqual(["not-json", "not-json", "not-json"]);
});

test("an agent that only prints garbage is stopped after twenty lines and tried again later", async () => {
  const { agent, changes, refused, untilState } = begin("prints-garbage.sh");
  const stopping = await untilState("stopping");
  expect(stopping.cause).toMatch(/^no-jlp: more than 20 lines/);
  const waiting = await untilState("backing-off");
  expect(waiting.cause).toMatch(/^no-jlp/);
  expect(refused.length).toBeGreaterThan(20);
  expect(agent.snapshot.counters.refused["not-json"]).toBe(refused.length);
  expect(changes.map((change) => change.state)).not.toContain("running");
});

test("twenty lines of noise before the handshake do no harm", async () => {
  const { refused, untilState, handshakes } = begin("noisy-start.sh");
  await untilState("running");
  expect(refused).toHaveLength(20);
  expect(handshakes).toMatchObject([{ protocol_version: "0.3" }]);
});

test("a flood on stdout keeps nobody else from being heard", async () => {
  begin("floods-stdout.mjs");
  const { messages, until, untilState } = begin("well-behaved.mjs");
  await untilState("running");
  await until(() => messages.filter((message) => message.type === "heartbeat").length >= 5);
});

test("stderr is always drained: fifty lines a second are kept, the rest is counted, the last words are not lost", async () => {
  const { agent, messages, stderr, until, untilState } = begin("floods-stderr.mjs");
  await until(() => messages.length > 0);
  void agent.stop();
  const stopped = await untilState("stopped");
  expect(stopped.stderrTail).toMatch(/y{3000}\nlast words\n$/);
  expect(stopped.stderrTail.length).toBeLessThanOrEqual(4_096);
  expect(stderr.length).toBeLessThan(1_000);
  const left = stderr.map((line) => Number(/^… (\d+) more lines? on stderr/.exec(line)?.[1] ?? 0));
  const kept = stderr.filter((line) => !line.startsWith("…")).length;
  expect(kept + left.reduce((sum, n) => sum + n, 0)).toBe(20_002);
});

test("an agent that says nothing is stopped at the start-up deadline", async () => {
  const { agent, changes, untilState } = begin("never-handshakes.mjs", {
    policy: { startupTimeoutMs: 300, heartbeatIntervalMs: 100, backOffBaseMs: 60_000 },
  });
  const waiting = await untilState("backing-off");
  expect(waiting).toMatchObject({ cause: "startup-timeout: no handshake within 0.3 s", health: "failed" });
  expect(changes.map((change) => change.state)).toEqual(["starting", "handshaking", "stopping", "backing-off"]);
  expect(membersOf(changes[1]?.pid ?? 0)).toEqual([]);
  expect(agent.snapshot.pid).toBeNull();
});
