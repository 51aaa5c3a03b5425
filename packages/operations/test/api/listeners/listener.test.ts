import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { checkFront } from "../../../src/api/guard/front.ts";
import type { Limits } from "../../../src/api/listeners/limits.ts";
import { Listener } from "../../../src/api/listeners/listener.ts";
import { openPort } from "../../../src/api/listeners/open-port.ts";
import { once, RawConnection } from "../raw-connection.ts";

const folder = mkdtempSync(join(tmpdir(), "mimolo-listener-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const short: Limits = {
  connections: 8,
  headBytes: 4096,
  headMs: 300,
  requestMs: 400,
  packageMs: 900,
  answerMs: 300,
  checkEveryMs: 50,
};

const patient: Limits = { ...short, headMs: 60_000, packageMs: 60_000 };

const open: Listener[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

/** Answers what it was sent, once it has all of it; `/later` waits a little. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  let text = "";
  request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    const say = () => response.end(request.url === "/much" ? Buffer.alloc(64_000_000) : `${request.url} ${text}`);
    if (request.url === "/later") setTimeout(say, 50);
    else say();
  });
}

function listener(front: (request: IncomingMessage) => void = () => undefined, limits = short): Listener {
  const made = new Listener({
    transport: "tcp",
    limits,
    front,
    arrived: () => undefined,
    handle: echo,
    upgrade: () => {
      throw new Error("nothing here becomes anything else");
    },
  });
  open.push(made);
  return made;
}

async function listening(limits = short): Promise<Listener> {
  const made = listener(undefined, limits);
  await made.listen({ host: "127.0.0.1", port: 0 });
  return made;
}

const good = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const codeOf = (body: string | undefined) => (JSON.parse(body ?? "null") as { code?: string }).code;

const slow = [
  ["a head that never ends", "GET / HTTP/1.1\r\nHost: x\r\n", 300],
  ["a connection that says nothing", "", 300],
  ["a body that never ends", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", 400],
  ["chunks that never end", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", 400],
  [
    "a package that never ends",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 9\r\n\r\na",
    900,
  ],
] as const;

test.each(slow)("%s is refused as too slow, and its connection closed", async (_what, sent, atLeastMs) => {
  const { port } = await listening();
  const startedMs = performance.now();
  const connection = new RawConnection(port).send(sent);
  const answer = await connection.answer();
  expect(answer?.status).toBe(408);
  expect(codeOf(answer?.body)).toBe("request-too-slow");
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(atLeastMs - 20);
  await connection.closed;
});

test("a byte now and then does not keep a request alive", async () => {
  const { port } = await listening();
  const connection = new RawConnection(port).send("GET / HTTP/1.1\r\nHost: x\r\nX: ");
  const drip = setInterval(() => connection.send("a"), 40);
  expect((await connection.answer())?.status).toBe(408);
  clearInterval(drip);
  await connection.closed;
});

test("a client that does not take its answer is let go", async () => {
  const { port, connections } = await listening();
  const deaf = new RawConnection(port);
  deaf.socket.pause();
  deaf.send("GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
  await vi.waitFor(() => expect(connections.count).toBe(1));
  await vi.waitFor(() => expect(connections.count).toBe(0), { timeout: 5_000 });
  deaf.end();
});

test("a half-closed connection gets the answer of a whole request, and a refusal of half a one", async () => {
  const { port } = await listening();
  const whole = new RawConnection(port).send(good);
  whole.socket.end();
  expect((await whole.answer())?.status).toBe(200);
  const half = new RawConnection(port).send("GET / HTTP/1.1\r\nHo");
  half.socket.end();
  expect(codeOf((await half.answer())?.body)).toBe("bad-request");
});

const unreadable = [
  ["a head that is too large", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(5000)}\r\n\r\n`, 431, "header-too-large"],
  ["TLS", Buffer.from("160301020001000001fc0303", "hex"), 400, "bad-request"],
  ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "bad-request"],
  [
    "a length beside chunks",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
    "bad-request",
  ],
  ["a header without a colon", "GET / HTTP/1.1\r\nHost x\r\n\r\n", 400, "bad-request"],
  ["a NUL in a header", "GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n", 400, "bad-request"],
  ["a folded header", "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", 400, "bad-request"],
  ["no HTTP", "hello\r\n\r\n", 400, "bad-request"],
  ["a method of its own", "STEAL / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad-request"],
  ["a tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method-not-allowed"],
  ["an expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n", 400, "bad-request"],
  ["an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 500, "internal"],
] as const;

test.each(unreadable)("%s is refused as a problem, and its connection closed", async (_what, sent, status, code) => {
  const { port } = await listening();
  const connection = new RawConnection(port).send(sent);
  const answer = await connection.answer();
  expect(answer?.status).toBe(status);
  expect(codeOf(answer?.body)).toBe(code);
  expect(answer?.headers).toMatchObject({ connection: "close", "cache-control": "no-store" });
  await connection.closed;
});

test("garbage after good requests gets its refusal after their answers", async () => {
  const { port } = await listening();
  const later = "GET /later HTTP/1.1\r\nHost: x\r\n\r\n";
  const connection = new RawConnection(port).send(`${later}${good}${later}\u0000\u0001 garbage \r\n\r\n`);
  await connection.closed;
  expect(connection.answers.map(({ status }) => status)).toEqual([200, 200, 200, 400]);
});

test.each([
  ["an upgrade", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 400],
  ["a tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
])("%s behind requests that wait for their answers is refused after those", async (_what, sent, status) => {
  const { port } = await listening();
  const connection = new RawConnection(port).send(`GET /later HTTP/1.1\r\nHost: x\r\n\r\n${good}${sent}`);
  await connection.closed;
  expect(connection.answers.map((answer) => answer.status)).toEqual([200, 200, status]);
});

test("whatever comes in whatever pieces, good requests are answered in order and the first bad one ends it", async () => {
  const { port } = await listening(patient);
  const body = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
  const bad = [
    "\u0001",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "}{\r\n\r\n",
  ];
  const sequence = fc.array(fc.constantFrom(good, good, good, body, ...bad), { minLength: 1, maxLength: 12 });
  const run = async (parts: string[], cuts: number[]) => {
    const connection = new RawConnection(port);
    const text = parts.join("");
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
    for (const [index, place] of places.slice(1).entries()) {
      connection.send(text.slice(places[index], place));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const firstBad = parts.findIndex((part) => bad.includes(part));
    const whole = firstBad === -1 ? parts.length : firstBad;
    await connection.answer(firstBad === -1 ? whole - 1 : whole);
    const expected = [...Array.from({ length: whole }, () => 200), ...(firstBad === -1 ? [] : [400])];
    expect(connection.answers.map(({ status }) => status)).toEqual(expected);
    connection.end();
  };
  await fc.assert(fc.asyncProperty(sequence, fc.array(fc.nat({ max: 2_000 }), { maxLength: 6 }), run), {
    numRuns: 150,
  });
});

test("a hundred garbled connections leave a good one as it was", async () => {
  const { port } = await listening({ ...patient, connections: 128 });
  const kept = new RawConnection(port).send(good);
  expect((await kept.answer())?.status).toBe(200);
  const noise = Array.from({ length: 100 }, (_, n) => new RawConnection(port).send(Buffer.alloc(200, n).fill(1, 0, 1)));
  await Promise.all(noise.map(({ closed }) => closed));
  expect((await kept.send(good).answer(1))?.status).toBe(200);
});

test("who comes when it is full takes the place of the stranger that waited longest", async () => {
  const made = await listening({ ...patient, connections: 3 });
  const { port, connections } = made;
  const until = async (count: number) => {
    while (connections.count < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const strangers = [];
  for (let count = 1; count <= 3; count += 1) {
    strangers.push(new RawConnection(port));
    await until(count);
  }
  expect((await once(port, good))?.status).toBe(200);
  await strangers[0]?.closed;
  expect(strangers.map(({ isClosed }) => isClosed)).toEqual([true, false, false]);
});

test("those who showed who they are are never pushed out", async () => {
  const vouched = listener(
    (request) => {
      if (request.headers["x-known"] === "yes") vouched.connections.vouch(request.socket);
    },
    { ...patient, connections: 2 },
  );
  await vouched.listen({ host: "127.0.0.1", port: 0 });
  const known = [new RawConnection(vouched.port), new RawConnection(vouched.port)];
  for (const each of known) {
    expect((await each.send("GET / HTTP/1.1\r\nHost: x\r\nX-Known: yes\r\n\r\n").answer())?.status).toBe(200);
  }
  expect(await once(vouched.port, good)).toBeNull();
  expect((await known[0]?.send(good).answer(1))?.status).toBe(200);
});

test("a port that is taken is replaced where nobody asked for it, and an error where somebody did", async () => {
  const first = await openPort(() => listener(), { port: 0, isAsked: false });
  const other = await openPort(() => listener(), { port: first.port, isAsked: false });
  expect(other.port).not.toBe(first.port);
  const asked = openPort(() => listener(), { port: first.port, isAsked: true });
  await expect(asked).rejects.toMatchObject({ code: "port-taken" });
});

test("the front refuses before anything else is looked at, on a socket as on a port", async () => {
  const path = join(folder, "front.sock");
  const made = listener((request) => checkFront(request, ["127.0.0.1:1"]));
  await made.listen({ path });
  expect((await once(path, good))?.status).toBe(421);
  expect((await once(path, "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n"))?.status).toBe(200);
});
