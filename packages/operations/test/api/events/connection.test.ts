import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { FailureBucket } from "../../../src/api/guard/failure-bucket.ts";
import { makeGuard } from "../../../src/api/guard/guard.ts";
import { digestOf } from "../../../src/api/login/secrets.ts";
import { Tokens } from "../../../src/api/login/tokens.ts";
import type { EventClient } from "../../process/event-client.ts";
import { HostedHub } from "./hosted-hub.ts";

const folder = mkdtempSync(join(tmpdir(), "mimolo-connection-"));
const clock = { wallMs: () => Date.now(), ticksMs: () => 0 };
const tokens = new Tokens({ token: join(folder, "token"), sessions: join(folder, "sessions.json") }, clock);
const subscribe = ["log"];

let hosted: HostedHub;
beforeEach(() => {
  hosted = new HostedHub(makeGuard({ tokens, failures: new FailureBucket(clock), transportOf: () => "tcp" }));
  return hosted.listen();
});
afterEach(() => hosted.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bearing = (token: string) => hosted.client({ headers: { authorization: `Bearer ${token}` } });

async function listener(token: string): Promise<EventClient> {
  const client = hosted.client();
  await client.say({ token, subscribe });
  await client.until(({ type }) => type === "subscribed");
  return client;
}

/** Whatever it answered so far has come: the answer to this is behind it. */
async function answers(client: EventClient): Promise<void> {
  const heard = client.heard.length;
  await client.say({ subscribe });
  await client.until(({ type }) => type === "subscribed", heard);
}

test("who says nothing for five seconds, too much at once, or too often, is told so and let go", async () => {
  const { token } = tokens.make("read");
  const [good, lengthy, chatty] = [await listener(token), await listener(token), await listener(token)];
  const mute = bearing(token);
  await new Promise((resolve) => mute.webSocket.once("open", resolve));
  hosted.clock.advance(5_000);
  expect(await mute.ended).toEqual({ code: 1008, reason: "request-too-slow: no subscription within 5 s" });
  await lengthy.say({ subscribe: ["x".repeat(4_096)] });
  expect((await lengthy.ended).code).toBe(1009);
  for (let count = 0; count < 11; count++) await chatty.say({ subscribe });
  const reason = "too-many-requests: more than 10 messages in a second";
  expect(await chatty.ended).toEqual({ code: 1008, reason });
  await answers(good);
});

test("who leaves two pings unanswered is cut off, who answers them is not", async () => {
  const { token } = tokens.make("read");
  const keen = await listener(token);
  const deaf = hosted.client({ autoPong: false });
  await deaf.say({ token, subscribe });
  await deaf.until(({ type }) => type === "subscribed");
  for (let ping = 0; ping < 2; ping++) {
    const pinged = [keen, deaf].map(({ webSocket }) => new Promise((resolve) => webSocket.once("ping", resolve)));
    hosted.clock.advance(20_000);
    await Promise.all(pinged);
    await answers(keen);
  }
  hosted.clock.advance(20_000);
  expect((await deaf.ended).code).toBe(1006);
  await answers(keen);
});

test("who has read a record before it is folded goes on behind it; a record that is not there is refused", async () => {
  const { token } = tokens.make("read");
  hosted.durableSeq = 7;
  const ahead = hosted.client();
  await ahead.say({ token, subscribe, resume: 7 });
  await ahead.until(({ type }) => type === "subscribed");
  const beyond = hosted.client();
  await beyond.say({ token, subscribe, resume: 8 });
  const reason = "invalid-parameter: resume: there is no record 8, the newest is 7";
  expect(await beyond.ended).toEqual({ code: 1008, reason });
});

test("a token that is ended takes its listeners with it, however they brought it", async () => {
  const [{ token }, other] = [tokens.make("control"), tokens.make("read")];
  const [said, carried, stays] = [await listener(token), bearing(token), await listener(other.token)];
  await answers(carried);
  tokens.end(digestOf(token));
  hosted.clock.advance(20_000);
  const ended = { code: 1008, reason: "unauthorized: the token holds no longer" };
  expect([await said.ended, await carried.ended]).toEqual([ended, ended]);
  await answers(stays);
});

test("when all 64 places are taken, who has not subscribed makes room, and nobody else", async () => {
  const { token } = tokens.make("read");
  const [stranger] = [hosted.client(), ...(await Promise.all(Array.from({ length: 63 }, () => listener(token))))];
  const late = await listener(token);
  expect(await stranger?.ended).toEqual({ code: 1013, reason: "too-many-requests: others want this place" });
  expect(stranger?.heard).toMatchObject([{ type: "error", code: "too-many-requests" }]);
  const tooLate = hosted.client();
  const refused = new Promise((resolve) =>
    tooLate.webSocket.once("unexpected-response", (_request, { statusCode }) => resolve(statusCode)),
  );
  expect(await refused).toBe(429);
  expect(hosted.hub.clients).toBe(64);
  await answers(late);
});
