import { manualClock } from "@mimolo/agent-sdk/testing";
import { decodeCommand } from "@mimolo/protocol/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CommandQueue, commandLine } from "../src/commands.ts";
import { paperAgent } from "./paper-agent.ts";

const queueInFrontOf = (write: (text: string) => boolean, clock = manualClock(), expired = (_cmd: string) => {}) =>
  new CommandQueue({ clock, patienceMs: 30_000, write, expired });

test("fields beside cmd and id are params, wherever the caller put them", () => {
  const line = { cmd: "throttle", id: "7", params: { factor: 2, reason: "cpu" } };
  expect(JSON.parse(commandLine(line, false))).toEqual(line);
  expect(JSON.parse(commandLine({ cmd: "throttle", id: "7", factor: 2, reason: "cpu" }, false))).toEqual(line);
  expect(commandLine({ cmd: "flush" }, true)).toBe('{"cmd":"flush"}\n');
});

test("what we write, an agent on the protocol package reads", () => {
  const ack = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4", config: { a: 1 } };
  const read = decodeCommand(commandLine({ cmd: "ack", params: ack }, true));
  expect(read).toEqual({ ok: true, command: { cmd: "ack", params: ack } });
  expect(JSON.parse(commandLine({ cmd: "ack", params: ack }, true))).toMatchObject({ accepted: true, args: ack });
});

test("a deaf pipe is given no more than 32 commands or 64 KiB to wait for it, in order", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(lengths, (sizes) => {
      const written: string[] = [];
      let open = false;
      const queue = queueInFrontOf((text) => {
        written.push(text);
        return open;
      });
      const texts = sizes.map((size, i) => `${i}:${"x".repeat(size)}\n`);
      const taken = texts.filter((text) => queue.push("event", text));
      expect(written.length).toBe(Math.min(1, texts.length));
      expect(taken.length - written.length).toBeLessThanOrEqual(32);
      expect(queue.queuedBytes).toBeLessThanOrEqual(65_536);
      open = true;
      queue.drained();
      expect(written).toEqual(taken);
      expect(queue.queuedBytes).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("flush and status that still wait are not asked twice", () => {
  const written: string[] = [];
  const queue = queueInFrontOf((text) => written.push(text) > 1_000);
  for (let i = 0; i < 50; i++) {
    expect(queue.push("flush", "flush")).toBe(true);
    expect(queue.push("status", "status")).toBe(true);
  }
  for (let i = 0; i < 5; i++) queue.drained();
  expect(written).toEqual(["flush", "status", "flush"]);
});

test("of a command of which only the newest counts one waits per key, as long as it must, in the words of the end", () => {
  const clock = manualClock();
  const written: string[] = [];
  let open = false;
  const write = (text: string) => {
    written.push(text);
    return open;
  };
  const queue = queueInFrontOf(write, clock);
  let through = 0;
  const latest = () => queue.pushLatest("committed s", () => `through ${through}`);
  for (through = 1; through < 100; through += 1) expect(latest()).toBe(true);
  queue.push("status", "status");
  clock.advance(20_000);
  open = true;
  queue.drained();
  expect(written).toEqual(["through 1", "status", "through 100"]);
  open = false;
  latest();
  const taken = Array.from({ length: 40 }, (_, n) => queue.pushLatest(`stream ${n}`, () => "")).filter((each) => each);
  expect(taken).toHaveLength(32);
  queue.clear();
  queue.drained();
  expect(written).toHaveLength(4);
});

test("a dropped command is told to the caller and counted", () => {
  const { agent, processes } = paperAgent();
  expect(agent.send({ cmd: "flush" })).toBe(false);
  agent.start();
  processes.last.takesMore = false;
  const answers = Array.from({ length: 40 }, () => agent.send({ cmd: "throttle", factor: 1, reason: "r" }));
  expect(answers.filter((sent) => sent)).toHaveLength(33);
  expect(agent.snapshot.counters.dropped).toEqual({ command: 7 });
  expect(agent.snapshot.counters.queued_bytes).toBeGreaterThan(1_000);
});

test("a command that waits half a minute for a deaf agent is given up and counted, in order of age", () => {
  const clock = manualClock();
  const expired: string[] = [];
  let open = false;
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return open;
  };
  const queue = queueInFrontOf(write, clock, (cmd) => expired.push(cmd));
  queue.push("event", "the pipe took it");
  queue.push("flush", "flush");
  clock.advance(10_000);
  queue.push("status", "status");
  clock.advance(20_000);
  expect(expired).toEqual(["flush"]);
  expect(queue.queuedBytes).toBe(6);
  open = true;
  queue.drained();
  expect(written).toEqual(["the pipe took it", "status"]);
  expect(clock.pending).toBe(0);
});

test("what a deaf agent never took is counted as dropped", () => {
  const { agent, processes, clock } = paperAgent({ policy: { heartbeatTimeoutMs: 600_000 } });
  agent.start();
  processes.last.shakeHands();
  processes.last.takesMore = false;
  for (let i = 0; i < 5; i++) agent.send({ cmd: "throttle", factor: i + 1, reason: "cpu" });
  clock.advance(29_999);
  expect(agent.snapshot.counters.dropped).toEqual({});
  clock.advance(1);
  expect(agent.snapshot.counters).toMatchObject({ dropped: { command: 4 }, queued_bytes: 0 });
});

test("the last words go before everything that waits, and it is forgotten", () => {
  const { agent, processes, clock } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.takesMore = false;
  for (let i = 0; i < 5; i++) agent.send({ cmd: "throttle", factor: i + 1, reason: "cpu" });
  void agent.stop();
  processes.last.drain();
  expect(processes.last.written.map(({ cmd }) => cmd)).toEqual(["ack", "throttle", "sequence"]);
  expect(agent.snapshot.counters.queued_bytes).toBe(0);
  processes.last.exit(0);
  expect(clock.pending).toBe(0);
});
