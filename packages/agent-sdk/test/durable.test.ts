import { expect, test } from "vitest";
import { defineAgent, defineMonitor } from "../src/index.ts";
import { type FakeCollectorOptions, fakeCollector, memorySpool } from "../src/testing/index.ts";

const ticks = (id = "acme.ticks") =>
  defineAgent({
    id,
    version: "1.0.0",
    sample: ({ count }) => count("ticks"),
    summarize: ({ counts }) => ({ data: counts, activity: "worked" }),
  });

async function run(options: FakeCollectorOptions) {
  const collector = fakeCollector(options);
  await collector.connect(ticks());
  return collector;
}

const seqs = (collector: { all(type: "summary"): { seq?: number | undefined }[] }) =>
  collector.all("summary").map(({ seq }) => seq);

test("an agent with a place for a spool says durable_ack, and its stream", async () => {
  const durable = await run({ spool: memorySpool() });
  expect(durable.messages[0]).toMatchObject({
    capabilities: expect.arrayContaining(["durable_ack"]),
    stream: expect.stringMatching(/^[0-9a-z]{20,}$/),
  });
  const plain = await run({});
  expect(plain.all("handshake")[0]?.capabilities).not.toContain("durable_ack");
});

test("a line is in the spool before it is sent, as it is sent, and leaves it when it is committed", async () => {
  const spool = memorySpool();
  const collector = await run({ spool });
  collector.host.isReading = false;
  await collector.send({ cmd: "flush" });
  expect(collector.all("summary")).toEqual([]);
  const [line = ""] = spool.lines();
  collector.host.isReading = true;
  await collector.advance(0);
  expect(collector.all("summary")).toEqual([JSON.parse(line)]);
  await collector.commit();
  expect(spool.lines()).toEqual([]);
});

test("what was not committed is sent again by the next run, byte for byte, and the numbers go on", async () => {
  const spool = memorySpool();
  const first = await run({ spool });
  await first.flush();
  await first.commit();
  await first.flush();
  await first.flush();
  const kept = spool.lines();
  const second = await run({ spool, commits: first.commits });
  expect(second.all("summary").map((summary) => JSON.stringify(summary))).toEqual(kept);
  await second.flush();
  expect(seqs(second)).toEqual([2, 3, 4]);
  expect(second.all("handshake")[0]?.stream).toBe(first.all("handshake")[0]?.stream);
});

test("an empty spool remembers stream and number", async () => {
  const spool = memorySpool();
  const first = await run({ spool });
  await first.flush();
  await first.commit();
  await first.shutdown();
  await first.commit();
  expect(spool.lines()).toEqual([]);
  const second = await run({ spool, commits: first.commits });
  expect((await second.flush()).seq).toBe(2);
  expect(second.all("handshake")[0]?.stream).toBe(first.all("handshake")[0]?.stream);
});

test("an old copy of the spool: the collector is ahead, so a new stream begins, named in each of its lines", async () => {
  const spool = memorySpool();
  const first = await run({ spool });
  await first.flush();
  const copy = new Map(spool.files);
  await first.flush();
  await first.commit();
  spool.files.clear();
  for (const [name, file] of copy) spool.files.set(name, file);
  const second = await run({ spool, commits: first.commits });
  const summary = await second.flush();
  const announced = second.all("handshake")[0]?.stream;
  expect(announced).toBe(first.all("handshake")[0]?.stream);
  expect(summary).toMatchObject({ seq: 1, stream: expect.not.stringMatching(announced ?? "") });
  expect(seqs(second)).toEqual([1]);
  await second.commit();
  const third = await run({ spool, commits: second.commits });
  expect(third.all("handshake")[0]).toMatchObject({ stream: (summary as { stream?: string }).stream });
  const next = await third.flush();
  expect(next).toMatchObject({ seq: 2 });
  expect(next).not.toHaveProperty("stream");
});

test("at most a window is under way; the rest waits in the spool while heartbeats go on", async () => {
  const spool = memorySpool();
  const collector = fakeCollector({ spool });
  let n = 0;
  await collector.connect(
    defineMonitor({
      label: "floods",
      dataHeader: "n",
      pollEverySeconds: 1,
      emitEvent: () => Array.from({ length: 600 }, () => ({ event: "seen", payload: { n: ++n } })),
    }),
  );
  await collector.advance(9000);
  expect(collector.all("event")).toHaveLength(1024);
  expect(collector.all("heartbeat")).toHaveLength(1);
  while (collector.all("event").length < 6000) await collector.commit();
  expect(collector.all("event").map(({ seq }) => seq)).toEqual(Array.from({ length: 6000 }, (_, index) => index + 1));
  await collector.commit();
  expect(spool.lines()).toEqual([]);
});

test("a line larger than the window goes alone", async () => {
  const collector = fakeCollector({ spool: memorySpool(), ack: { max_line_bytes: 1_048_576 } });
  const texts = ["small", "x".repeat(400_000), "small again"];
  await collector.connect(
    defineAgent({
      id: "acme.large",
      version: "1.0.0",
      sample: ({ worked }) => worked(),
      summarize: () => ({ data: { text: texts.shift() }, activity: "worked" }),
    }),
  );
  collector.host.feed(Buffer.from('{"cmd":"flush"}\n{"cmd":"flush"}\n{"cmd":"flush"}\n'));
  await collector.advance(0);
  expect(seqs(collector)).toEqual([1]);
});

test("what the collector refuses is settled too: it is not sent again", async () => {
  const spool = memorySpool();
  const collector = await run({ spool });
  await collector.flush();
  await collector.send({
    cmd: "committed",
    params: { stream: collector.all("handshake")[0]?.stream, through: 0, refused: [{ seq: 1, code: "privacy-drop" }] },
  });
  expect(spool.lines()).toEqual([]);
});

test("a collector that never says committed gets its evidence all the same: on request, or after ten seconds", async () => {
  const spool = memorySpool();
  const asking = await run({ spool, ack: null });
  await asking.send({ cmd: "flush" });
  await asking.advance(0);
  expect((await asking.flush()).data).toMatchObject({ ticks: 1 });
  expect(spool.lines()).toEqual([]);

  const silent = fakeCollector({ spool: memorySpool(), ack: null });
  await silent.connect(
    defineMonitor({ label: "seen", dataHeader: "n", emitEvent: () => ({ event: "seen", payload: { n: 1 } }) }),
  );
  const params = { ack: "handshake", accepted: true, app_version: "0.3.0", protocol_version: "0.3" };
  await silent.send({ cmd: "ack", params });
  await silent.advance(9000);
  expect(silent.all("event")).toEqual([]);
  await silent.advance(1000);
  expect(silent.all("event").length).toBeGreaterThanOrEqual(2);
});

test("a collector that asks before it has said how far it is gets its evidence, which is kept until it is committed", async () => {
  const spool = memorySpool();
  const collector = await run({ spool, ack: null });
  const params = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };
  await collector.send({ cmd: "ack", params });
  await collector.flush();
  expect(spool.lines()).toHaveLength(1);
  await collector.commit();
  expect(spool.lines()).toEqual([]);
  await collector.flush();
  expect(spool.lines()).toHaveLength(1);

  const old = await run({ spool: memorySpool(), ack: null });
  await old.send({ cmd: "ack", params });
  await old.flush();
  await old.advance(10_000);
  await old.flush();
  expect(seqs(old)).toEqual([1, 2]);
});

test("the last summary is kept even when nobody reads any more", async () => {
  const spool = memorySpool();
  const hungUp = await run({ spool });
  hungUp.host.isReading = false;
  hungUp.host.hangUp();
  await hungUp.advance(0);
  await hungUp.advance(2000);
  expect(hungUp.host.ending).toEqual({ code: 0 });
  expect(spool.lines()).toHaveLength(1);

  const other = memorySpool();
  const broken = await run({ spool: other });
  broken.host.breakOutput();
  await broken.advance(5000);
  expect(broken.host.ending).toEqual({ code: 0 });
  expect(other.lines()).toHaveLength(1);
});

test("a disk that fails is told once; evidence goes on inside the window, and the disk is taken up again when it works", async () => {
  const spool = memorySpool();
  const collector = await run({ spool });
  spool.fault = new Error("ENOSPC: no space left on device");
  await collector.flush();
  await collector.flush();
  expect(collector.all("error")).toMatchObject([
    { code: "spool-failed", message: expect.stringContaining("ENOSPC: no space left on device") },
  ]);
  expect(collector.all("status").at(-1)).toMatchObject({ health: "degraded" });
  spool.fault = null;
  await collector.flush();
  expect(collector.all("status").at(-1)).toMatchObject({ health: "ok" });
  expect(seqs(collector)).toEqual([1, 2, 3]);
  expect(spool.lines()).toHaveLength(1);
});
