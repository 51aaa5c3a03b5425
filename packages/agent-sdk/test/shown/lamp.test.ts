import { expect, test } from "vitest";
import { fakeCollector } from "../../src/testing/index.ts";
import { lamp } from "./lamp.ts";

test("the lamp shown in the docs does what it is asked, says why it cannot, and tells others", async () => {
  let isReachable = true;
  const collector = fakeCollector();
  await collector.connect(lamp({ isReachable: () => isReachable, set: async () => {} }));
  const ask = async (name: string, method: string, params: object) => {
    const context = { velocity: 2, cause: "c1" };
    await collector.send({ cmd: "invoke", id: method, params: { interface: name, method, params, context } });
    const { ok, data, error } = await collector.next("result");
    return ok ? data : error;
  };
  expect(await ask("action", "execute", { level: 20 })).toEqual({ level: 40 });
  const published = await collector.next("request");
  expect(published).toMatchObject({ params: { topic: "lamp.changed", data: { level: 40 } }, cause: "c1" });
  await collector.send({ cmd: "response", id: published.id, params: { ok: true } });
  expect(await ask("command", "execute", { name: "level" })).toBe("40 %");
  expect(await ask("data_provider", "query", { source_id: "level" })).toBe(40);
  expect(await ask("action", "execute", { brightness: 3 })).toMatchObject({ code: "invalid-params" });
  isReachable = false;
  expect(await ask("action", "execute", { level: 1 })).toMatchObject({ code: "not-available" });
});
