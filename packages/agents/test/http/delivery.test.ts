import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { readAllowedHosts } from "../../src/http/allowed-hosts.ts";
import { type DeliveryTerms, delivered } from "../../src/http/delivery.ts";
import type { Followed } from "../../src/http/follow.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { HttpFault } from "../../src/http/fault.ts";
import { retryAfterMs } from "../../src/http/retry-after.ts";
import { deadPort, newCertificate, serving } from "./scene.ts";

const terms = (more: Partial<DeliveryTerms> = {}): DeliveryTerms => ({
  hosts: { allows: () => true },
  timeoutMs: 5_000,
  repeat: { retries: 3, waitMs: 1, which: "all" },
  mostBytes: 65_536,
  signal: new AbortController().signal,
  goingOn: () => {},
  longestWaitMs: 4_000,
  ...more,
});

const request = (origin: string, more: Partial<Followed> = {}): Followed => ({
  method: "GET",
  url: new URL("/hook?q=1", origin),
  headers: {},
  ownHeaders: {},
  body: null,
  ...more,
});

const faultOf = async (work: Promise<unknown>) => (await work.catch((error: unknown) => error)) as HttpFault;

test("a server that fails twice is asked three times, with the same key, and each failure is told", async () => {
  const server = await serving((_, response, count) => {
    response.statusCode = count < 3 ? 500 : 200;
    response.end("done");
  });
  const goingOn = vi.fn();
  const body = Buffer.from("{}");
  const { incoming, attempts } = await delivered(request(server.origin, { method: "POST", body }), terms({ goingOn }));
  expect(attempts).toBe(3);
  expect(Buffer.from(incoming.body).toString()).toBe("done");
  expect(server.asked.map((asked) => [asked.method, asked.path, asked.body])).toEqual(
    Array.from({ length: 3 }, () => ["POST", "/hook?q=1", "{}"]),
  );
  const [key, ...others] = new Set(server.asked.map(({ headers }) => headers["idempotency-key"]));
  expect([key, others]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), []]);
  expect(goingOn.mock.calls).toEqual([
    [`attempt 1: POST ${server.host}: answered 500 Internal Server Error`],
    [`attempt 2: POST ${server.host}: answered 500 Internal Server Error`],
  ]);
});

test("what a server will not do a second later either is said at once", async () => {
  const server = await serving((_, response) => response.writeHead(404).end());
  expect(await faultOf(delivered(request(server.origin), terms()))).toMatchObject({
    code: "http-status",
    status: 404,
    message: `GET ${server.host}: answered 404 Not Found`,
  });
  expect(server.asked).toHaveLength(1);
});

test("after the last attempt the last fault is told, and how often it was", async () => {
  const server = await serving((_, response) => response.writeHead(502).end());
  expect(await faultOf(delivered(request(server.origin), terms()))).toMatchObject({
    message: `GET ${server.host}: answered 502 Bad Gateway, 4 times`,
  });
  expect(server.asked).toHaveLength(4);
});

test("a safe policy repeats a POST only where it cannot have arrived", async () => {
  const repeat = { retries: 2, waitMs: 1, which: "safe" } as const;
  const failing = await serving((_, response) => response.writeHead(500).end());
  await faultOf(delivered(request(failing.origin, { method: "POST" }), terms({ repeat })));
  expect(failing.asked).toHaveLength(1);
  const busy = await serving((_, response) => response.writeHead(503).end());
  await faultOf(delivered(request(busy.origin, { method: "POST" }), terms({ repeat })));
  expect(busy.asked).toHaveLength(3);
  const nobody = `http://127.0.0.1:${await deadPort()}`;
  const refused = await faultOf(delivered(request(nobody, { method: "POST" }), terms({ repeat })));
  expect(refused).toMatchObject({ code: "unreachable", message: expect.stringContaining("ECONNREFUSED), 3 times") });
  const put = await faultOf(delivered(request(failing.origin, { method: "PUT" }), terms({ repeat })));
  expect(put.message).toContain("3 times");
});

test("a connection that breaks, and a server that says nothing, are tried again and then told", async () => {
  const breaking = await serving((_, response, count) => {
    if (count < 3) response.destroy();
    else response.end("there");
  });
  expect((await delivered(request(breaking.origin), terms())).attempts).toBe(3);
  const silent = await serving(() => {});
  const repeat = { retries: 1, waitMs: 1, which: "all" } as const;
  const fault = await faultOf(delivered(request(silent.origin), terms({ timeoutMs: 50, repeat })));
  expect(fault).toMatchObject({ code: "timed-out", message: `GET ${silent.host}: no answer within 50 ms, 2 times` });
  const dripping = await serving((_, response) => void response.write("begun"));
  const cut = await faultOf(delivered(request(dripping.origin), terms({ timeoutMs: 50, repeat })));
  expect(cut).toMatchObject({ code: "timed-out" });
});

test("whoever gives up is not waited for: not by a request, not by a pause", async () => {
  const controller = new AbortController();
  const silent = await serving(() => controller.abort());
  const fault = await faultOf(
    delivered(request(silent.origin), terms({ signal: controller.signal, timeoutMs: 60_000 })),
  );
  expect(fault).toMatchObject({ code: "cancelled" });
  expect(silent.asked).toHaveLength(1);
  const later = new AbortController();
  const goingOn = () => later.abort();
  const busy = await serving((_, response) => response.writeHead(503, { "retry-after": "30" }).end());
  expect(await faultOf(delivered(request(busy.origin), terms({ signal: later.signal, goingOn })))).toMatchObject({
    code: "cancelled",
  });
});

test("Retry-After is waited for, up to a minute; who asks for more is not asked again", async () => {
  let sent = 0;
  const answers = [{ after: "1" }, { after: undefined }];
  const exchange: Exchange = async () => {
    const { after } = answers[sent++] ?? {};
    const headers = after === undefined ? {} : { "retry-after": after };
    return { status: after === undefined ? 200 : 429, headers, body: new Uint8Array(), truncated: false };
  };
  const goingOn = vi.fn();
  const startedMs = performance.now();
  const { attempts } = await delivered(request("http://a.example"), terms({ goingOn, longestWaitMs: 400 }), {
    exchange,
  });
  expect(attempts).toBe(2);
  expect(performance.now() - startedMs).toBeGreaterThan(990);
  expect(goingOn.mock.calls.flat().filter((text) => String(text).startsWith("waiting"))).toHaveLength(3);
  const patient = await serving((_, response) => response.writeHead(503, { "retry-after": "3600" }).end());
  await faultOf(delivered(request(patient.origin), terms()));
  expect(patient.asked).toHaveLength(1);
  expect(retryAfterMs("Sat, 21 Nov 2026 10:00:30 GMT", Date.parse("2026-11-21T10:00:00Z"))).toBe(30_000);
  expect(["", "soon", "-1", "2026-11-21", undefined].map((text) => retryAfterMs(text, 0))).toEqual(Array(5).fill(null));
});

test("a redirect is followed to allowed hosts alone, and headers of the settings stay with the first", async () => {
  const other = await serving((_, response) => response.end("arrived"));
  const first = await serving(({ path }, response) => {
    const location = path === "/out" ? `${other.origin}/new` : path === "/again" ? "/again" : "/out";
    response.writeHead(path === "/keep" ? 308 : 302, { location }).end();
  });
  const own = { authorization: "Bearer abc" };
  const headers = { authorization: "Bearer mine", "x-plain": "1", "content-type": "text/plain" };
  const posted = request(first.origin, { method: "POST", body: Buffer.from("x"), ownHeaders: own, headers });
  const { incoming, url } = await delivered(posted, terms());
  expect([Buffer.from(incoming.body).toString(), url.href]).toEqual(["arrived", `${other.origin}/new`]);
  expect(first.asked.map((asked) => [asked.method, asked.headers.authorization])).toEqual([
    ["POST", "Bearer abc"],
    ["GET", "Bearer abc"],
  ]);
  expect(other.asked).toHaveLength(1);
  expect(other.asked[0]?.headers).toMatchObject({ "x-plain": "1" });
  expect(other.asked[0]?.headers).not.toHaveProperty("authorization");
  expect(other.asked[0]?.headers).not.toHaveProperty("content-type");

  const { hosts } = readAllowedHosts([first.host]);
  const refused = await faultOf(
    delivered(request(first.origin, { url: new URL("/out", first.origin) }), terms({ hosts })),
  );
  expect(refused).toMatchObject({ code: "host-not-allowed" });
  const circle = request(first.origin, { url: new URL("/again", first.origin) });
  expect(await faultOf(delivered(circle, terms()))).toMatchObject({ code: "too-many-redirects" });
  expect(other.asked).toHaveLength(1);
});

test("of a body that is larger than allowed only the beginning is read", async () => {
  const endless = await serving((_, response) => {
    const more = () => {
      while (response.writable && response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  });
  const { incoming } = await delivered(request(endless.origin), terms({ mostBytes: 100_000 }));
  expect([incoming.body.length, incoming.truncated]).toEqual([100_000, true]);
});

test.runIf(needs("openssl"))(
  "a server is believed only by a certificate: of the common ones, or of the one set",
  async () => {
    const pair = newCertificate();
    const server = await serving((_, response) => response.end("secure"), pair);
    const refused = await faultOf(delivered(request(server.origin), terms()));
    expect(refused).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("certificate is not believed"),
    });
    const { incoming } = await delivered(request(server.origin), terms({ ca: pair.cert }));
    expect(Buffer.from(incoming.body).toString()).toBe("secure");
  },
);
