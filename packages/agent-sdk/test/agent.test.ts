import { expect, expectTypeOf, test } from "vitest";
import { AgentSdkError, defineAgent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

/** Counts whatever `mails` holds at each sample. */
function inboxWatch(mails: number[], more: { summarize?: () => never } = {}) {
  return defineAgent({
    id: "acme.inbox-watch",
    version: "1.0.0",
    sampleEverySeconds: 5,
    sample: async ({ count }) => count("unread", mails.shift() ?? 0),
    summarize: ({ counts }) => ({ data: counts, activity: counts.unread > 0 ? "worked" : "idle" }),
    ...more,
  });
}

test("the handshake comes first and names the features, then the ack sets the agent to work", async () => {
  const collector = fakeCollector({
    environment: { MIMOLO_AGENT_LABEL: "inbox", MIMOLO_AGENT_ID: "7b1c6f9e-0000-4000-8000-000000000001" },
  });
  await collector.connect(inboxWatch([]));
  expect(collector.messages[0]).toMatchObject({
    type: "handshake",
    agent_label: "inbox",
    agent_id: "7b1c6f9e-0000-4000-8000-000000000001",
    protocol_version: "0.4",
    agent_version: "1.0.0",
    capabilities: ["summary", "heartbeat", "status", "error", "log", "lifecycle", "throttle"],
  });
  expect(collector.all("status")).toMatchObject([{ health: "ok" }]);
});

test("a flush brings one summary and then the ack, with the command's id", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([2, 1]));
  await collector.advance(5000);
  await collector.send({ cmd: "flush", id: "f1" });
  expect(collector.messages.slice(-2)).toMatchObject([
    {
      type: "summary",
      seq: 1,
      data: { unread: 3, activity_signal: { mode: "active", keep_alive: true } },
      metrics: { samples: 2, interval_s: 5 },
    },
    { type: "ack", ack_command: "flush", id: "f1" },
  ]);
});

test("interval_s counts from the first sample that saw work, not from the start of the window", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([0, 0, 0, 4]));
  await collector.advance(20_000);
  expect(await collector.flush()).toMatchObject({ data: { unread: 4 }, metrics: { samples: 5, interval_s: 5 } });
});

test("a window without work is idle, and the next window begins at zero", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([7]));
  await collector.flush();
  await collector.advance(10_000);
  const summary = await collector.flush();
  expect(summary.data).toEqual({ unread: 0, activity_signal: { mode: "active", keep_alive: false } });
  expect(summary.seq).toBe(2);
});

test("a sequence is carried out step by step, each with its ack, and ends the agent", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([1]));
  await collector.send({ cmd: "sequence", id: "s", params: { sequence: ["stop", "flush", "shutdown"] } });
  const said = collector.messages
    .slice(-5)
    .map((message) => (message.type === "ack" ? message.ack_command : message.type));
  expect(said).toEqual(["status", "stop", "summary", "flush", "shutdown"]);
  expect(collector.host.ending).toEqual({ code: 0 });
});

test("a shutdown with work that no summary carries yet sends a last one before its ack", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([1]));
  expect(await collector.shutdown()).toBe(0);
  expect(collector.messages.slice(-2).map(({ type }) => type)).toEqual(["summary", "ack"]);
});

test("the end of stdin sends what is pending and ends the agent; with nothing pending there is no summary", async () => {
  const busy = fakeCollector();
  await busy.connect(inboxWatch([1]));
  expect(await busy.hangUp()).toBe(0);
  expect(busy.all("summary")).toHaveLength(1);

  const quiet = fakeCollector();
  await quiet.connect(inboxWatch([]));
  expect(await quiet.hangUp()).toBe(0);
  expect(quiet.all("summary")).toHaveLength(0);
});

test("stop turns sampling off and start on again; heartbeats go on meanwhile", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([1, 1, 1, 1, 1, 1]));
  await collector.send({ cmd: "stop" });
  await collector.advance(30_000);
  expect(await collector.flush()).toMatchObject({ data: { unread: 1 } });
  expect(collector.all("heartbeat")).toHaveLength(6);
  await collector.send({ cmd: "start" });
  await collector.advance(5000);
  expect(await collector.flush()).toMatchObject({ data: { unread: 2 } });
  expect(collector.all("status").map(({ details }) => details?.["sampling"])).toEqual([true, false, true]);
});

test("throttle samples so many times more slowly and says so; factor 1 restores the pace", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([]));
  await collector.send({ cmd: "throttle", params: { factor: 4, reason: "over budget" } });
  expect(collector.messages.at(-1)).toMatchObject({ type: "status", tuned: { factor: 4, poll_interval_s: 20 } });
  await collector.advance(45_000);
  expect(await collector.flush()).toMatchObject({ metrics: { samples: 4 } });
  await collector.send({ cmd: "throttle", params: { factor: 1 } });
  expect(collector.messages.at(-1)).toMatchObject({ type: "status", tuned: { factor: 1, poll_interval_s: 5 } });
});

test("a rejected agent ends without a summary", async () => {
  const collector = fakeCollector({ ack: null });
  await collector.connect(inboxWatch([1]));
  await collector.send({ cmd: "reject", params: { reason: "protocol_version_mismatch" } });
  expect(collector.host.ending).toEqual({ code: 1 });
  expect(collector.all("summary")).toHaveLength(0);
});

test("an old collector that never answers the handshake still gets its agent", async () => {
  const asking = fakeCollector({ ack: null });
  await asking.connect(inboxWatch([3]));
  await asking.send({ cmd: "flush" });
  await asking.advance(0);
  expect(await asking.flush()).toMatchObject({ data: { unread: 3 } });

  const silent = fakeCollector({ ack: null });
  await silent.connect(inboxWatch([3]));
  await silent.advance(10_000);
  expect(silent.all("status")).toMatchObject([{ health: "ok" }]);
});

test("summarize that throws keeps its window for the next flush", async () => {
  const mails = [2, 2];
  let isBroken = true;
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.broken",
      version: "1.0.0",
      sample: ({ count }) => count("unread", mails.shift() ?? 0),
      summarize: ({ counts }) => {
        if (isBroken) throw new Error("no words");
        return { data: counts, activity: "worked" };
      },
    }),
  );
  await collector.send({ cmd: "flush" });
  expect(collector.messages.slice(-2)).toMatchObject([
    { type: "error", code: "summarize-failed", message: "no words" },
    { type: "ack", ack_command: "flush", message: "no words" },
  ]);
  isBroken = false;
  await collector.advance(5000);
  expect(await collector.flush()).toMatchObject({ data: { unread: 4 }, metrics: { samples: 2, interval_s: 5 } });
});

test("a report that is none is told, not read as idle", async () => {
  const reports: object[] = [{ data: 3, activity: "worked" }, { data: {}, activity: "active" }, {}];
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.untyped",
      version: "1.0.0",
      sample: ({ worked }) => worked(),
      summarize: () => (reports.shift() ?? { data: {}, activity: "worked" }) as never,
    }),
  );
  for (let round = 0; round < 3; round++) await collector.send({ cmd: "flush" });
  expect(collector.all("error").map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "summarize-failed: summarize: data is no object",
    'summarize-failed: summarize: activity "active" is not one of worked, idle, passive',
    "summarize-failed: summarize: data is no object",
  ]);
  expect(await collector.flush()).toMatchObject({ data: { activity_signal: { keep_alive: true } } });
});

test("a summary too long for a line is told, and that there was work is kept", async () => {
  const collector = fakeCollector({ ack: { max_line_bytes: 1000 } });
  await collector.connect(
    defineAgent({
      id: "acme.wordy",
      version: "1.0.0",
      sample: ({ worked }) => worked(),
      summarize: () => ({ data: { text: "x".repeat(2000) }, activity: "worked" }),
    }),
  );
  const summary = await collector.flush();
  expect(summary.data).toMatchObject({
    too_long: { bytes: expect.any(Number) },
    activity_signal: { keep_alive: true },
  });
  expect(collector.all("error")).toMatchObject([{ code: "summary-too-long" }]);
});

test("settings come from the environment, and from the ack after that", async () => {
  const seen: unknown[] = [];
  const collector = fakeCollector({
    environment: { MIMOLO_CONFIG: JSON.stringify({ folder: "old" }) },
    config: { folder: "new", poll_interval_s: 2 },
  });
  await collector.connect(
    defineAgent({
      id: "acme.settings",
      version: "1.0.0",
      onInitialize: ({ context }) => seen.push(context.config["folder"]),
      sample: ({ context }) => seen.push(context.config["folder"]),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  await collector.advance(2000);
  expect(seen).toEqual(["new", "new", "new"]);
});

test("lifecycle walks the same steps as start and stop, each hook once", async () => {
  const steps: string[] = [];
  const note = (step: string) => () => void steps.push(step);
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.hooks",
      version: "1.0.0",
      onInitialize: note("initialize"),
      onActivate: note("activate"),
      onSuspend: note("suspend"),
      onUnload: note("unload"),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  for (const phase of ["initialize", "activate", "suspend"]) {
    await collector.send({ cmd: "lifecycle", id: phase, params: { phase } });
  }
  await collector.send({ cmd: "start" });
  await collector.shutdown();
  expect(steps).toEqual(["initialize", "activate", "suspend", "activate", "suspend", "unload"]);
  expect(collector.all("ack").map(({ id, message }) => [id, message])).toContainEqual(["suspend", "suspend"]);
});

test("a hook that throws on the way out is told and holds nobody up", async () => {
  const collector = fakeCollector();
  const fail = (step: string) => () => {
    throw new Error(`no ${step}`);
  };
  await collector.connect(
    defineAgent({
      id: "acme.bad-ends",
      version: "1.0.0",
      onSuspend: fail("suspend"),
      onUnload: fail("unload"),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  for (const phase of ["initialize", "activate", "suspend", "unload"]) {
    await collector.send({ cmd: "lifecycle", id: phase, params: { phase } });
  }
  expect(collector.all("ack").map(({ id }) => id)).toEqual(["initialize", "activate", "suspend", "unload"]);
  const told = collector.all("error").map(({ code, message }) => [code, message]);
  expect(told).toEqual([
    ["hook-failed", "no suspend"],
    ["hook-failed", "no unload"],
  ]);
  expect(await collector.shutdown()).toBe(0);
});

test("an agent that could not begin is not begun again, and acknowledges nothing", async () => {
  let tries = 0;
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.no-begin",
      version: "1.0.0",
      onInitialize: () => {
        tries += 1;
        throw new Error("no settings");
      },
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  for (const phase of ["initialize", "activate"]) {
    await collector.send({ cmd: "lifecycle", id: phase, params: { phase } });
  }
  expect(tries).toBe(1);
  expect(collector.all("ack")).toEqual([]);
  expect(collector.all("error")).toMatchObject([{ code: "start-failed", severity: "fatal" }]);
});

test("an agent that cannot start says so and ends with code 1", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.no-start",
      version: "1.0.0",
      onInitialize: () => {
        throw new Error("no such folder");
      },
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  expect(collector.all("error")).toMatchObject([
    { code: "start-failed", severity: "fatal", message: "no such folder" },
  ]);
  expect(collector.all("status")).toMatchObject([{ health: "failed" }]);
  await collector.advance(3000);
  expect(collector.host.ending).toEqual({ code: 1 });
});

test("a call that was never offered is declined, not left to time out", async () => {
  const collector = fakeCollector();
  await collector.connect(inboxWatch([]));
  await collector.send({ cmd: "invoke", id: "i1", params: { interface: "action", method: "execute" } });
  expect(collector.messages.at(-1)).toMatchObject({
    type: "result",
    id: "i1",
    ok: false,
    error: { code: "not-offered" },
  });
});

test("what a sample counts is what summarize may read, by name and type", () => {
  defineAgent({
    id: "acme.types",
    version: "1.0.0",
    sample: async ({ count, set }) => [count("seen"), set("level", 0.5)],
    summarize: ({ counts }) => {
      expectTypeOf(counts).toEqualTypeOf<Readonly<Record<"seen" | "level", number>>>();
      return { data: counts, activity: "passive" };
    },
  });
});

test("a definition that cannot be is refused at once", () => {
  const summarize = () => ({ data: {}, activity: "passive" as const });
  expect(() => defineAgent({ id: "no spaces please", version: "1.0.0", summarize })).toThrow(AgentSdkError);
  expect(() => defineAgent({ id: "acme.x", version: "one", summarize })).toThrow("1.0.0");
  expect(() => defineAgent({ id: "acme.x", version: "1.0.0", sampleEverySeconds: 0, summarize })).toThrow("pace");
});
