import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { type Accepted, defineAction, type ParamsOf, type Schema } from "../../src/index.ts";
import { fakeCollector, mockPluginContext } from "../../src/testing/index.ts";

async function connected(params: Schema) {
  const collector = fakeCollector();
  await collector.connect(defineAction({ id: "acme.typed", version: "1.0.0", params, execute: (given) => given }));
  const execute = async (given: unknown) => {
    const call = { interface: "action", method: "execute", params: given };
    await collector.send({ cmd: "invoke", id: "i", params: call });
    const { ok, data, error } = await collector.next("result");
    return ok ? data : error;
  };
  return { collector, execute };
}

const LAMP = {
  type: "object",
  properties: {
    room: { type: "string" },
    level: { type: "integer" },
    mood: { enum: ["warm", "cold"] },
    steps: { type: "array", items: { type: ["number", "null"] } },
    at: { anyOf: [{ const: "now" }, { type: "object", properties: { hour: { type: "number" } }, required: ["hour"] }] },
  },
  required: ["room", "mood"],
  additionalProperties: false,
} as const;

test("a JSON Schema literal is the type of the params", () => {
  type Lamp = {
    room: string;
    mood: "warm" | "cold";
    level?: number;
    steps?: (number | null)[];
    at?: "now" | { hour: number };
  };
  expectTypeOf<Accepted<typeof LAMP>>().toEqualTypeOf<Lamp>();
  const lamp = defineAction({
    id: "acme.lamp",
    version: "1.0.0",
    // Written in place it needs no `as const`.
    params: { type: "object", properties: { room: { type: "string" }, on: { type: "boolean" } }, required: ["room"] },
    execute: (params) => {
      expectTypeOf(params).toEqualTypeOf<{ room: string; on?: boolean }>();
      return `${params.room} is ${params.on === true ? "on" : "off"}`;
    },
  });
  const done = lamp.execute({ room: "hall" }, mockPluginContext());
  expectTypeOf(done).toEqualTypeOf<string | PromiseLike<string>>();
  expect(done).toBe("hall is off");
  expectTypeOf<ParamsOf<undefined>>().toEqualTypeOf<unknown>();
  expectTypeOf<Accepted<{ type: "object"; additionalProperties: { type: "number" } }>>().toEqualTypeOf<
    Record<string, number>
  >();
});

test("a schema of a library is the type of what it makes of the params", () => {
  const schema = z.object({
    url: z.url(),
    tries: z.number().default(3),
    at: z.string().transform((at) => new Date(at)),
  });
  defineAction({
    id: "acme.zod",
    version: "1.0.0",
    params: schema,
    execute: (params) => expectTypeOf(params).toEqualTypeOf<{ url: string; tries: number; at: Date }>(),
  });
});

test("a JSON Schema is announced as it is, and holds whoever calls", async () => {
  const { collector, execute } = await connected(LAMP);
  expect(collector.all("metadata")).toMatchObject([{ data: { interfaces: ["action"], params_schema: LAMP } }]);
  const good = { room: "hall", mood: "warm", steps: [1, null], at: { hour: 3 } };
  expect(await execute(good)).toEqual(good);
  for (const [params, message] of [
    [{ mood: "warm" }, "params.room: is missing"],
    [{ room: 1, mood: "warm" }, "params.room: is no string"],
    [{ room: "hall", mood: "hot" }, 'params.mood: is not one of "warm", "cold"'],
    [{ room: "hall", mood: "warm", level: 1.5 }, "params.level: is no integer"],
    [{ room: "hall", mood: "warm", steps: [1, "2"] }, "params.steps.1: is no number or null"],
    [{ room: "hall", mood: "warm", at: { hour: "3" } }, "params.at: is nothing the schema allows"],
    [{ room: "hall", mood: "warm", toString: 1 }, "params.toString: is not known"],
    ["hall", "params: is no object"],
    [null, "params: is no object"],
  ] as const) {
    expect(await execute(params)).toEqual({ code: "invalid-params", message });
  }
});

test("a library's schema is announced as JSON Schema, checks the params and hands over what it made of them", async () => {
  const { collector, execute } = await connected(z.strictObject({ room: z.string(), level: z.coerce.number().max(9) }));
  const schema = { type: "object", properties: { room: { type: "string" } }, required: ["room", "level"] };
  expect(collector.all("metadata")).toMatchObject([{ data: { params_schema: schema } }]);
  expect(await execute({ room: "hall", level: "7" })).toEqual({ room: "hall", level: 7 });
  expect(await execute({ level: 10 })).toMatchObject({
    code: "invalid-params",
    message: expect.stringMatching(/^params\.room: .*; params\.level: /),
  });
});

test("a schema that JSON cannot say is not announced, and checks all the same", async () => {
  const { collector, execute } = await connected(z.object({ at: z.date() }));
  expect(collector.all("metadata")).toMatchObject([{ data: { interfaces: ["action"] } }]);
  expect(collector.all("metadata")[0]?.data).not.toHaveProperty("params_schema");
  expect(await execute({ at: "2026" })).toMatchObject({ code: "invalid-params" });
});

test("a schema that answers later is waited for", async () => {
  const later = z.string().refine(async (text) => Promise.resolve(text !== "no"), "is refused");
  const { execute } = await connected(later);
  expect(await execute("yes")).toBe("yes");
  expect(await execute("no")).toEqual({ code: "invalid-params", message: "params: is refused" });
});

test("what the moment says reaches the action, and nothing else of the call does", async () => {
  const collector = fakeCollector({ config: { secret: "s" } });
  await collector.connect(
    defineAction({
      id: "acme.moment",
      version: "1.0.0",
      execute: (_, context) => {
        const { velocity, mode, timestamp, source, rule, event, agent, data, label, config } = context;
        return [Object.keys(context), velocity, mode, timestamp, source, rule, event, agent, data, label, config];
      },
    }),
  );
  const timestamp = "2026-02-03T04:05:06Z";
  const said = { velocity: 9, mode: "work", timestamp, source: "segment", rule: "r", event: "closed", agent: "a" };
  const context = { ...said, data: { n: 1 }, cause: "c", timeout_ms: 1000 };
  await collector.send({ cmd: "invoke", id: "i", params: { interface: "action", method: "execute", context } });
  const values = [9, "work", timestamp, "segment", "r", "closed", "a", { n: 1 }, "acme.moment", { secret: "s" }];
  const own = ["timestamp", "source", "timeoutMs", "progress", "velocity", "mode", "rule", "event", "agent", "data"];
  const [members, ...given] = (await collector.next("result")).data as unknown[];
  expect(given).toEqual(values);
  expect(members).toEqual(expect.arrayContaining(own));
  for (const other of ["cause", "timeout_ms", "interface", "method"]) expect(members).not.toContain(other);
});
