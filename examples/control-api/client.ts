// A client of the control API: it asks over HTTP with the owner's token, listens over a WebSocket, and goes on where it was
// when the collector comes back.
import { on, once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlEvent, ControlNotice, Problem } from "@mimolo/protocol";
import { WebSocket } from "ws";

/** What the collector said no to; `problem.code` is for programs, `problem.hint` says what to do. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}${problem.hint === undefined ? "" : ` (${problem.hint})`}`);
    this.problem = problem;
  }
}

/** Where the collector listens and what opens it. Read for each connection: another run may have another port. */
async function door(dataDir: string): Promise<{ http: string; token: string }> {
  const { http } = JSON.parse(await readFile(join(dataDir, "control/address.json"), "utf8")) as { http?: string };
  if (http === undefined) throw new Error("this collector listens on its socket only: dashboard = false");
  return { http, token: (await readFile(join(dataDir, "control/token"), "utf8")).trim() };
}

/** One answer of the API; `path` begins after `/api/v1`. Throws `Refused`. */
export async function ask<Answer>(dataDir: string, path: string, body?: object): Promise<Answer> {
  const { http, token } = await door(dataDir);
  const response = await fetch(`${http}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(answer as Problem);
  return answer as Answer;
}

/** Every item of a list, page by page. */
export async function* all<Item>(dataDir: string, path: string): AsyncGenerator<Item> {
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: string = cursor === "" ? path : `${path}${path.includes("?") ? "&" : "?"}cursor=${cursor}`;
    const { items, next_cursor } = await ask<{ items: Item[]; next_cursor: string | null }>(dataDir, page);
    yield* items;
    cursor = next_cursor;
  }
}

/** Events as they come, for ever: after a break it resumes where it was, so that no record is missed and none told twice. */
export async function* follow(
  dataDir: string,
  subscribe: readonly string[],
  seen?: number,
): AsyncGenerator<ControlEvent> {
  let told = seen ?? 0;
  for (;;) {
    let isCaughtUp = seen === undefined;
    try {
      for await (const message of listen(dataDir, { subscribe, ...(seen !== undefined && { resume: seen }) })) {
        if (message.type === "subscribed") seen ??= message.through;
        // Records come before the segments: should that break off in between, it is to begin where it began.
        if (message.type === "resumed") {
          seen = message.through;
          isCaughtUp = true;
        }
        if ("seq" in message && isCaughtUp) seen = Math.max(seen ?? 0, message.seq);
        if (message.type === "evidence:committed") {
          if (message.seq <= told) continue;
          told = message.seq;
        }
        if (isEvent(message)) yield message;
      }
    } catch (error) {
      // Nobody is there yet, or no more: the system has a code for it, and it passes. A refusal does not.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
    await sleep(500);
  }
}

/** One connection, until it ends. Leaving the loop early closes it. */
async function* listen(dataDir: string, first: object): AsyncGenerator<ControlEvent | ControlNotice> {
  const { http, token } = await door(dataDir);
  const socket = new WebSocket(`${http.replace("http", "ws")}/api/v1/events`);
  const messages = on(socket, "message", { close: ["close"] });
  try {
    await once(socket, "open");
    socket.send(JSON.stringify({ token, ...first }));
    for await (const [data] of messages) yield JSON.parse(String(data)) as ControlEvent | ControlNotice;
  } finally {
    socket.close();
  }
}

function isEvent(message: ControlEvent | ControlNotice): message is ControlEvent {
  if (message.type === "error") throw new Error(`${message.code}: ${message.detail}`);
  return message.type !== "subscribed" && message.type !== "resumed" && message.type !== "shed";
}
