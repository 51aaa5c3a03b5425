import { expect, test } from "vitest";
import { defineAgent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

const quiet = () => ({ data: {}, activity: "passive" as const });

test("a sample that throws is told, tried more and more rarely, and recovers", async () => {
  let broken = true;
  const attempts: number[] = [];
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.fragile",
      version: "1.0.0",
      sample: () => {
        attempts.push(collector.clock.ticksMs() / 1000);
        if (broken) throw new Error("disk gone");
      },
      summarize: quiet,
    }),
  );
  await collector.advance(70_000);
  expect(attempts).toEqual([0, 10, 30, 70]);
  expect(collector.all("error")[0]).toMatchObject({
    code: "sample-failed",
    severity: "recoverable",
    message: "disk gone",
    context: { failures: 1, retry_in_s: 10 },
  });
  expect(collector.all("status").map(({ health }) => health)).toEqual(["ok", "degraded"]);
  broken = false;
  await collector.advance(70_000);
  expect(attempts.slice(4)).toEqual([130, 135, 140]);
  expect(collector.all("status").map(({ health }) => health)).toEqual(["ok", "degraded", "ok"]);
});

test("a rejected promise and a sample that never ends count as failures too", async () => {
  const collector = fakeCollector();
  let calls = 0;
  await collector.connect(
    defineAgent({
      id: "acme.hangs",
      version: "1.0.0",
      sample: () => (calls++ === 0 ? Promise.reject(new Error("refused")) : new Promise(() => {})),
      summarize: quiet,
    }),
  );
  await collector.advance(41_000);
  expect(collector.all("error").map(({ message }) => message)).toEqual(["refused", "no answer within 30 s"]);
  expect(collector.all("heartbeat").length).toBe(8);
});

test("two samples never run at once, and a slow one is told once", async () => {
  let running = 0;
  let most = 0;
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.slow",
      version: "1.0.0",
      sampleEverySeconds: 1,
      sample: () =>
        new Promise<void>((resolve) => {
          most = Math.max(most, ++running);
          collector.clock.after(2500, () => {
            running -= 1;
            resolve();
          });
        }),
      summarize: quiet,
    }),
  );
  await collector.advance(10_000);
  await collector.send({ cmd: "stop" });
  await collector.send({ cmd: "start" });
  await collector.advance(10_000);
  expect(most).toBe(1);
  expect(collector.all("log").filter(({ message }) => message.includes("2500 ms"))).toHaveLength(1);
});

test("who looks rarely may take longer for it: up to a tenth of the pause", async () => {
  let tookMs = 435;
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.rare",
      version: "1.0.0",
      sampleEverySeconds: 10,
      sample: () => new Promise<void>((resolve) => void collector.clock.after(tookMs, resolve)),
      summarize: quiet,
    }),
  );
  await collector.advance(15_000);
  expect(collector.all("log")).toEqual([]);
  tookMs = 1500;
  await collector.advance(10_000);
  expect(collector.all("log").map(({ message }) => message)).toEqual([
    "a sample took 1500 ms; it should be over in 1000 ms",
  ]);
});

test("heartbeats tell the budget: percent of a core, recent and over a minute, and for how long it was exceeded", async () => {
  const collector = fakeCollector({ ack: { cpu_budget_percent: 0.5, heartbeat_interval_s: 10 } });
  await collector.connect(defineAgent({ id: "acme.cpu", version: "1.0.0", summarize: quiet }));
  collector.host.usedCpuMs += 20;
  await collector.advance(10_000);
  collector.host.usedCpuMs += 280;
  await collector.advance(10_000);
  expect(collector.all("heartbeat").map(({ metrics }) => metrics)).toMatchObject([
    { cpu_percent_recent: 0.2, cpu_percent_avg_60s: 0.2, cpu_budget_percent: 0.5, cpu_budget_ok: true, mem_mb: 7 },
    { cpu_percent_recent: 2.8, cpu_percent_avg_60s: 1.5, cpu_budget_ok: false, cpu_over_budget_seconds: 10 },
  ]);
});

test("a heartbeat says what waits: changes for a summary, lines for the collector", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({ id: "acme.busy", version: "1.0.0", sample: ({ count }) => count("seen", 2), summarize: quiet }),
  );
  await collector.advance(5000);
  expect(collector.all("heartbeat")[0]).toMatchObject({ metrics: { pending: 1, queue: 0, samples: 1 } });
});

test("a collector that does not read costs a bounded queue: one heartbeat, no new evidence, nothing lost", async () => {
  const collector = fakeCollector();
  let total = 0;
  await collector.connect(
    defineAgent({
      id: "acme.unheard",
      version: "1.0.0",
      sample: ({ count, context }) => {
        total += 1;
        context.log("a line");
        return count("seen");
      },
      summarize: ({ counts }) => ({ data: { ...counts, filler: "x".repeat(30_000) }, activity: "worked" }),
    }),
  );
  collector.host.isReading = false;
  for (let minute = 0; minute < 30; minute++) {
    await collector.advance(60_000);
    await collector.send({ cmd: "flush" });
  }
  collector.host.isReading = true;
  await collector.flush();
  const summaries = collector.all("summary");
  const seen = summaries.reduce((sum, { data }) => sum + Number(data["seen"]), 0);
  expect(seen).toBe(total);
  expect(summaries.length).toBeLessThan(15);
  expect(collector.all("heartbeat").length).toBeLessThan(5);
  expect(collector.all("log").length).toBeLessThan(110);
  expect(summaries.map(({ seq }) => seq)).toEqual(summaries.map((_, index) => index + 1));
});

test("an agent whose collector is gone ends by itself, however it learns of it", async () => {
  const agent = () => defineAgent({ id: "acme.orphan", version: "1.0.0", summarize: quiet });
  const broken = fakeCollector();
  await broken.connect(agent());
  broken.host.breakOutput();
  await broken.advance(5000);
  expect(broken.host.ending).toEqual({ code: 0 });

  const orphaned = fakeCollector();
  await orphaned.connect(agent());
  orphaned.host.parent = 1;
  await orphaned.advance(2500);
  expect(orphaned.host.ending).toEqual({ code: 0 });
  expect(orphaned.clock.pending).toBe(0);
});

test("SIGTERM sends what is pending and ends the agent; a hanging summarize cannot hold it up", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.polite",
      version: "1.0.0",
      sample: ({ worked }) => worked(),
      summarize: quiet,
    }),
  );
  collector.host.events?.interrupted("SIGTERM");
  await collector.advance(0);
  expect(collector.host.ending).toEqual({ code: 0, signal: "SIGTERM" });
  expect(collector.all("summary")).toHaveLength(1);

  const stuck = fakeCollector();
  await stuck.connect(
    defineAgent({
      id: "acme.stuck",
      version: "1.0.0",
      sample: ({ worked }) => worked(),
      summarize: () => new Promise<never>(() => {}),
    }),
  );
  stuck.host.events?.interrupted("SIGTERM");
  await stuck.advance(1500);
  expect(stuck.host.ending).toEqual({ code: 0, signal: "SIGTERM" });
});

test("errors nobody caught are told; after one of them the agent does not go on", async () => {
  const collector = fakeCollector();
  await collector.connect(defineAgent({ id: "acme.uncaught", version: "1.0.0", summarize: quiet }));
  collector.host.events?.uncaught(new Error("forgotten await"), false);
  collector.host.events?.uncaught("a bare string", true);
  await collector.advance(3000);
  expect(collector.all("error")).toMatchObject([
    { code: "unhandled-rejection", severity: "recoverable", message: "forgotten await" },
    { code: "uncaught-error", severity: "fatal", message: "a bare string" },
  ]);
  expect(collector.host.ending).toEqual({ code: 1 });
});

test("commands that make no sense are logged once and harm nothing", async () => {
  const collector = fakeCollector();
  await collector.connect(defineAgent({ id: "acme.deaf", version: "1.0.0", summarize: quiet }));
  const bytes = new TextEncoder();
  for (const line of ["not json", "still not", '{"cmd":"dance"}', "[]", `{"cmd":"flush"`]) {
    collector.host.feed(bytes.encode(`${line}\n`));
  }
  await collector.send({ cmd: "status", id: "s1" });
  expect(collector.messages.at(-1)).toMatchObject({ type: "status", health: "ok" });
  expect(collector.all("log").map(({ level }) => level)).toEqual(["warning", "warning", "warning"]);
});

test("prints arrive as log lines", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.talks",
      version: "1.0.0",
      sample: ({ context }) => {
        context.log("plain");
        context.log.warning("careful", { at: 3 });
        const cycle: { self?: object } = {};
        cycle.self = cycle;
        context.log.error("cycle", cycle);
        context.send({ type: "metric", name: "depth", value: 2 });
      },
      summarize: quiet,
    }),
  );
  collector.host.events?.printed("debug", "stray");
  await collector.advance(0);
  expect(collector.all("log").map(({ level, message, extra }) => [level, message, extra])).toEqual([
    ["info", "plain", undefined],
    ["warning", "careful", { at: 3 }],
    ["error", "cycle", undefined],
    ["debug", "stray", undefined],
  ]);
  expect(collector.all("metric")).toMatchObject([{ name: "depth", value: 2 }]);
});
