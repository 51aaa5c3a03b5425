import { afterEach, expect, test } from "vitest";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.down();
  stage = null;
});

test("a subscriber that does not read loses its oldest events, counted and said, and nobody else loses any", async () => {
  const news = new PlayedPlugin("news", ["write-messaging"]);
  const slow = new PlayedPlugin("slow", ["read-messaging"], []);
  const quick = new PlayedPlugin("quick", ["read-messaging"], []);
  slow.answers = () => "done";
  stage = await new Stage([news, slow, quick]).up();
  await stage.answer(slow.request("event.subscribe", { topic: "n:*" }));
  await stage.answer(quick.request("event.subscribe", { topic: "n:*" }));
  slow.stopsReading();
  const published: number[] = [];
  for (let count = 0; count < 400; count += 1) {
    published.push(count);
    expect(await stage.answer(news.request("event.publish", { topic: "n:x", data: count }), 6)).toEqual({
      ok: true,
      data: { topic: "n:x", subscribers: 2 },
    });
  }
  expect(quick.events.map(({ data }) => data)).toEqual(published);
  expect(stage.dropped("quick")["events"]).toBeUndefined();
  const lost = stage.dropped("slow")["events"] ?? 0;
  expect(lost).toBeGreaterThan(100);
  expect(stage.warnings.filter((each) => each.startsWith("events-dropped"))).toHaveLength(1);
  // It reads again: the newest are all there, in order.
  slow.reads();
  await stage.until(() => slow.events.length + lost >= published.length);
  const before = slow.events.findIndex(({ data }, index) => data !== published[index]);
  const heard = slow.events.map(({ data }) => data);
  expect(heard.slice(0, before)).toEqual(published.slice(0, before));
  expect(heard.slice(before)).toEqual(published.slice(published.length - (heard.length - before)));
  expect(heard.length + lost).toBe(published.length);
  expect(heard.length - before).toBe(256);
});

test("large events count by their bytes", async () => {
  const news = new PlayedPlugin("news", ["write-messaging"]);
  const slow = new PlayedPlugin("slow", ["read-messaging"]);
  stage = await new Stage([news, slow]).up();
  await stage.answer(slow.request("event.subscribe", { topic: "big" }));
  slow.stopsReading();
  const data = "x".repeat(60_000);
  for (let count = 0; count < 20; count += 1)
    await stage.answer(news.request("event.publish", { topic: "big", data }), 6);
  expect(stage.dropped("slow")["events"]).toBeGreaterThanOrEqual(20 - 4 - 2);
});

test("subscriptions end with the process that asked for them, and what waited with it", async () => {
  const news = new PlayedPlugin("news", ["write-messaging"]);
  const other = new PlayedPlugin("other", ["read-messaging"]);
  stage = await new Stage([news, other]).up();
  await stage.answer(other.request("event.subscribe", { topic: "n" }));
  other.dies();
  await stage.until(() => stage?.collector.status().agents.some(({ state }) => state !== "running") === true);
  await stage.until(() => stage?.collector.status().agents.every(({ state }) => state === "running") === true, 50);
  const answer = await stage.answer(news.request("event.publish", { topic: "n", data: 1 }));
  expect(answer).toEqual({ ok: true, data: { topic: "n", subscribers: 0 } });
  await stage.answer(other.request("event.subscribe", { topic: "n" }));
  await stage.answer(news.request("event.publish", { topic: "n", data: 2 }));
  await stage.until(() => other.events.length > 0);
  expect(other.events).toEqual([{ topic: "n", from: "local.news", data: 2, cause: expect.any(String) }]);
});

test("an agent has 64 subscriptions; asking again changes nothing", async () => {
  const other = new PlayedPlugin("other", ["read-messaging"]);
  stage = await new Stage([other]).up();
  for (let count = 0; count < 64; count += 1)
    expect(await stage.answer(other.request("event.subscribe", { topic: `n${count}` }), 6)).toMatchObject({ ok: true });
  expect(await stage.answer(other.request("event.subscribe", { topic: "n1" }), 6)).toMatchObject({ ok: true });
  expect(await stage.answer(other.request("event.subscribe", { topic: "more" }), 6)).toMatchObject({
    error: { code: "invalid-params", message: expect.stringContaining("64") },
  });
});

test("events of a plugin without the permission reach nobody, and it is told how they would", async () => {
  const news = new PlayedPlugin("news", []);
  const other = new PlayedPlugin("other", ["read-messaging"]);
  stage = await new Stage([news, other]).up();
  news.say({ type: "event", data: { event: "n", payload: 0 } });
  expect(stage.warnings).toEqual([]);
  await stage.answer(other.request("event.subscribe", { topic: "n" }));
  news.say({ type: "event", data: { event: "n", payload: 1 } });
  news.say({ type: "event", data: { event: "other-name", topic: "n", payload: 2 } });
  await stage.until(() => stage?.warnings.length === 1);
  expect(stage.warnings[0]).toContain("--grant write-messaging");
  expect(other.events).toEqual([]);
});
