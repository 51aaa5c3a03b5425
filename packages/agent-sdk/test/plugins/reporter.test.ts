import { expect, expectTypeOf, test } from "vitest";
import { defineReporter } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

async function connected() {
  const collector = fakeCollector();
  await collector.connect(
    defineReporter({
      id: "acme.hours",
      version: "1.0.0",
      metrics: [{ id: "hours", unit: "h" }, { id: "days" }],
      formats: ["json", "text"],
      collect: (metrics, range) => {
        expectTypeOf(metrics).toEqualTypeOf<readonly ("hours" | "days")[]>();
        return { values: Object.fromEntries(metrics.map((id) => [id, id.length])), from: range.from ?? "ever" };
      },
      report: ({ values, from }, format) => (format === "text" ? `${JSON.stringify(values)} since ${from}` : values),
    }),
  );
  return async (method: string, params: object) => {
    await collector.send({ cmd: "invoke", id: method, params: { interface: "analytics", method, params } });
    return collector.next("result");
  };
}

test("metrics are listed, collected by their ids, and put into words", async () => {
  const ask = await connected();
  expect((await ask("metrics", {})).data).toEqual([{ id: "hours", unit: "h" }, { id: "days" }]);
  const range = { from: "2026-01-01T00:00:00Z" };
  const { data } = await ask("collect", { metrics: ["days"], time_range: range });
  expect(data).toEqual({ values: { days: 4 }, from: range.from });
  expect((await ask("report", { metrics: data, format: "text" })).data).toBe('{"days":4} since 2026-01-01T00:00:00Z');
});

test("a report by ids collects by itself; without ids it is about everything", async () => {
  const ask = await connected();
  expect((await ask("report", { metrics: ["hours"], format: "text" })).data).toBe('{"hours":5} since ever');
  expect((await ask("report", {})).data).toEqual({ hours: 5, days: 4 });
});

test("unknown metrics and formats are refused by name", async () => {
  const ask = await connected();
  expect((await ask("collect", { metrics: ["years"] })).error).toEqual({
    code: "unknown-metric",
    message: 'no metric "years"; there is hours, days',
  });
  expect((await ask("report", { format: "pdf" })).error?.message).toBe("format is one of json, text");
  expect((await ask("collect", { metrics: "hours" })).error?.code).toBe("invalid-params");
});

test("without collect the ids are what is reported", async () => {
  defineReporter({
    id: "acme.ids",
    version: "1.0.0",
    metrics: [{ id: "a" }],
    report: (metrics) => expectTypeOf(metrics).toEqualTypeOf<readonly "a"[]>(),
  });
});
