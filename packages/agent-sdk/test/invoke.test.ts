import { expect, test } from "vitest";
import { defineAgent, defineMonitor, type MonitorOptions } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

type Options = MonitorOptions<"files", { files: string[] }, unknown>;

async function connected(options: Partial<Options> = {}) {
  const collector = fakeCollector();
  await collector.connect(defineMonitor({ label: "saves", dataHeader: "files", emitEvent: () => null, ...options }));
  return collector;
}

const call = (items: unknown, method = "filter", name = "aggregate") =>
  ({ cmd: "invoke", id: "i1", params: { interface: name, method, params: { data_header: "files", items } } }) as const;

test("a monitor is asked for the aggregate of a closed segment and answers with its filter's value", async () => {
  const collector = await connected({ filter: (items) => items.flat().length });
  expect(collector.all("handshake")[0]?.capabilities).toContain("invoke");
  await collector.send(call([["a"], ["b", "c"]]));
  expect(await collector.next("result")).toMatchObject({ id: "i1", ok: true, data: 3 });
});

test("a monitor without a filter answers with the items as they came", async () => {
  const collector = await connected();
  await collector.send(call([["a", "b"], ["b"]]));
  expect(await collector.next("result")).toMatchObject({ id: "i1", ok: true, data: [["a", "b"], ["b"]] });
});

test("a filter that throws, answers nothing, or answers what JSON cannot hold is an answer all the same", async () => {
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  const answers = [
    () => {
      throw new Error("no such file");
    },
    () => undefined,
    () => cycle,
    () => 1n,
  ];
  const collector = await connected({ filter: () => answers.shift()?.() });
  await collector.send(call([]));
  expect(await collector.next("result")).toMatchObject({
    ok: false,
    error: { code: "failed", message: "no such file" },
  });
  await collector.send(call([]));
  expect(await collector.next("result")).toMatchObject({ ok: true, data: null });
  for (const kind of ["cycle", "bigint"]) {
    await collector.send(call([]));
    expect(await collector.next("result"), kind).toMatchObject({ ok: false, error: { code: "failed" } });
  }
});

test("an answer that does not fit a line is refused with its size", async () => {
  const collector = await connected({ filter: () => "x".repeat(70_000) });
  await collector.send(call([]));
  const { error } = await collector.next("result");
  expect(error).toMatchObject({ code: "too-large", message: expect.stringContaining("700") });
});

test("a filter that never settles is given up before the collector does", async () => {
  const collector = await connected({ filter: () => new Promise(() => undefined) });
  await collector.send(call([]));
  await collector.advance(4600);
  expect(await collector.next("result")).toMatchObject({ ok: false, error: { code: "timed-out" } });
  await collector.send({ cmd: "status" });
  await collector.next("status");
});

test("what is not offered is declined by name, also names that every object has", async () => {
  const collector = await connected();
  for (const [name, method] of [
    ["action", "execute"],
    ["aggregate", "toString"],
    ["__proto__", "filter"],
  ] as const) {
    await collector.send(call([], method, name));
    const { error } = await collector.next("result");
    expect(error).toEqual({ code: "not-offered", message: `${name}.${method} is not offered` });
  }
  await collector.send({ cmd: "invoke", id: "i2", params: { interface: "aggregate", method: "filter" } });
  expect(await collector.next("result")).toMatchObject({ id: "i2", ok: false, error: { code: "failed" } });
});

test("an agent announces no invoke, and declines one", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({ id: "a.b", version: "1.0.0", summarize: () => ({ data: {}, activity: "passive" }) }),
  );
  expect(collector.all("handshake")[0]?.capabilities).not.toContain("invoke");
  await collector.send(call([]));
  expect(await collector.next("result")).toMatchObject({ ok: false, error: { code: "not-offered" } });
});
