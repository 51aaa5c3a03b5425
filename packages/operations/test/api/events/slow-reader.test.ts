import type { LogLine } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HostedHub } from "./hosted-hub.ts";

const line = { at: new Date(0).toISOString(), label: "a", instance_id: "i", run_id: "r", type: "log", level: "info" };
const text = "x".repeat(2_000);

let hosted: HostedHub;
beforeEach(() => {
  hosted = new HostedHub();
  return hosted.listen();
});
afterEach(() => hosted.close());

const client = (subscribe: readonly string[]) => hosted.subscribed(subscribe);

const log = (n: number) => hosted.events.emit("log", { ...line, message: `${n} ${text}` } as LogLine);
const message = (n: number) => hosted.events.emit("plugin:message", { from: "a", to: "b", content: `${n} ${text}` });
/** The window is over, and the system has had its turn. */
const tell = () => {
  hosted.clock.advance(50);
  return new Promise((resolve) => setImmediate(resolve));
};

const said = (heard: unknown) => Number.parseInt((heard as LogLine).message, 10);
const agentState = { label: "a", previous: "running", health: "ok", condition: "free", cause: "asked", at: line.at };

/** What nobody has taken off this server's hands for that client. */
const held = (index: number) => hosted.streams[index]?.writableLength ?? 0;

test("who reads nothing loses ephemera, costs little, and is told when it reads again; others notice nothing", async () => {
  const [deaf, keen] = [await client(["log", "agent:state"]), await client(["log"])];
  deaf.webSocket.pause();
  let told = 0;
  const flood = async (isEnough: () => boolean) => {
    while (!isEnough()) {
      for (let count = 0; count < 200; count++) log(told++);
      await tell();
      await keen.until(({ type, line: heard }) => type === "log" && said(heard) === told - 1, keen.heard.length - 1);
    }
  };
  // The system takes some megabytes for a client before it makes anybody wait.
  await flood(() => held(0) > 0);
  const before = told;
  await flood(() => told >= before + 2_000);
  expect(held(0)).toBeLessThan(1_048_576);
  for (const state of ["stopping", "stopped"]) hosted.events.emit("agent:state", { ...agentState, state });
  await flood(() => told >= before + 2_400);
  deaf.webSocket.resume();
  const shed = await deaf.until(({ type }) => type === "shed");
  expect(shed["dropped"]).toMatchObject({ log: expect.any(Number), "agent:state": 1 });
  expect(deaf.heard.filter(({ type }) => type === "agent:state")).toMatchObject([{ state: "stopped" }]);
  const heard = deaf.heard.filter(({ type }) => type === "log").length;
  expect(heard + (shed["dropped"] as { log: number }).log).toBe(told);
  expect(keen.heard.filter(({ type }) => type === "log")).toHaveLength(told);
});

test("who reads nothing of what cannot be dropped, or nothing for 15 seconds, is closed with a reason", async () => {
  const reason = "reads too slowly; come back with resume: the highest seq you saw";
  const [deaf, stuck, keen] = [await client(["plugin:*"]), await client(["log"]), await client(["plugin:*"])];
  deaf.webSocket.pause();
  stuck.webSocket.pause();
  let told = 0;
  const flood = async (say: (n: number) => void) => {
    for (let count = 0; count < 200; count++) say(told++);
    await tell();
    if (say === message) await keen.until(({ content }) => isNewest(content), keen.heard.length - 1);
  };
  const isNewest = (content: unknown) => String(content).startsWith(`${told - 1} `);
  while (held(1) === 0) await flood(log);
  hosted.clock.advance(16_100);
  while (held(0) === 0) await flood(message);
  for (let round = 0; round < 8; round++) await flood(message);
  expect(held(0)).toBeLessThan(1_048_576);
  deaf.webSocket.resume();
  stuck.webSocket.resume();
  expect(await deaf.ended).toEqual({ code: 1013, reason });
  expect(await stuck.ended).toEqual({ code: 1013, reason });
  message(told++);
  await tell();
  await keen.until(({ content }) => isNewest(content));
  expect(hosted.hub.clients).toBe(1);
});
