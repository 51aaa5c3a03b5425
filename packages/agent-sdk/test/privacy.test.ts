import { REDACTED } from "@mimolo/protocol/wire";
import { expect, test } from "vitest";
import { defineAgent, defineMonitor } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

const rule = (more: object) => ({ name: "bank", match_agent: "*", field: "data.title", action: "redact", ...more });

const windows = (title: unknown) =>
  defineAgent({
    id: "acme.windows",
    version: "1.0.0",
    sample: () => undefined,
    summarize: () => ({ data: { title }, activity: "worked" as const }),
  });

test("a covered value is gone before the line leaves the agent", async () => {
  const collector = fakeCollector({ ack: { privacy: [rule({ glob: "*bank*" })] } });
  await collector.connect(windows("My bank"));
  const { data, seq } = await collector.flush();
  expect(data).toMatchObject({ title: REDACTED, activity_signal: { mode: "active" } });
  expect(seq).toBe(1);
});

test("what is dropped takes no number, and the status says how much it was", async () => {
  let title = "My bank";
  const collector = fakeCollector({ ack: { privacy: [rule({ regex: "bank", action: "drop" })] } });
  const agent = defineAgent({
    id: "acme.windows",
    version: "1.0.0",
    sample: () => undefined,
    summarize: () => ({ data: { title }, activity: "worked" as const }),
  });
  await collector.connect(agent);
  for (const _ of ["first", "second"]) {
    await collector.send({ cmd: "flush" });
    expect(await collector.next("ack")).toMatchObject({ ack_command: "flush" });
  }
  expect(collector.all("summary")).toEqual([]);
  title = "Editor";
  expect((await collector.flush()).seq).toBe(1);
  await collector.send({ cmd: "status" });
  expect(collector.all("status").at(-1)?.details).toMatchObject({ privacy_dropped: 2 });
});

test("a monitor's events are judged as they would be written", async () => {
  const collector = fakeCollector({ ack: { privacy: [rule({ field: "data.payload.items.*", glob: "SECRET*" })] } });
  const items = ["open", { toJSON: () => "secret plan" }];
  let sent = false;
  await collector.connect(
    defineMonitor({
      label: "plans",
      dataHeader: "items",
      emitEvent: () => {
        if (sent) return null;
        sent = true;
        return { event: "seen", payload: { items } };
      },
    }),
  );
  expect((await collector.next("event")).data.payload).toEqual({ items: ["open", REDACTED] });
});

test("rules are taken anew with every ack; those this SDK cannot read are the collector's", async () => {
  const collector = fakeCollector({
    ack: { privacy: [rule({ glob: "*" }), { later: true }, null, rule({ regex: "(" })] },
  });
  await collector.connect(windows("My bank"));
  expect((await collector.flush()).data).toMatchObject({ title: REDACTED });
  await collector.send({ cmd: "ack", params: { privacy: [] } });
  expect((await collector.flush()).data).toMatchObject({ title: "My bank" });
});
