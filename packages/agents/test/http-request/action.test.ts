import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { httpRequestAction } from "../../src/http-request/action.ts";
import { deadPort, serving } from "../http/scene.ts";

async function running(config: Record<string, unknown>) {
  const collector = fakeCollector({ config });
  await collector.connect(httpRequestAction());
  let calls = 0;
  const execute = async (params: unknown, context: object = {}) => {
    const id = `call-${++calls}`;
    await collector.send({ cmd: "invoke", id, params: { interface: "action", method: "execute", params, context } });
    return collector.next("result");
  };
  return { collector, execute };
}

test("it sends what it is told, filled from what the call came with, and tells what came back", async () => {
  const server = await serving((_, response) => {
    response.writeHead(201, { "content-type": "application/json", "set-cookie": "session=1" }).end('{"id":7}');
  });
  const { execute } = await running({ allowed_hosts: [server.host] });
  const { ok, data } = await execute(
    {
      url: `${server.origin}/{{data.project}}?at={{timestamp}}`,
      method: "post",
      headers: { "X-Event": "{{event}}" },
      body: {
        worked: "{{data.duration_s}}",
        note: "{{data.project}} took {{data.duration_s}} s",
        list: ["{{data.tags}}"],
      },
    },
    {
      timestamp: "2026-11-21T09:00:00.000Z",
      event: "closed",
      data: { project: "a/b & c", duration_s: 90, tags: ["x"] },
    },
  );
  expect(ok).toBe(true);
  expect(data).toMatchObject({
    status: 201,
    url: `${server.origin}/a%2Fb%20%26%20c`,
    headers: { "content-type": "application/json" },
    body: '{"id":7}',
    truncated: false,
    attempts: 1,
    took_ms: expect.any(Number),
  });
  expect(JSON.stringify(data)).not.toContain("session");
  expect(server.asked).toMatchObject([
    {
      method: "POST",
      path: "/a%2Fb%20%26%20c?at=2026-11-21T09%3A00%3A00.000Z",
      headers: {
        "x-event": "closed",
        "content-type": "application/json",
        "user-agent": expect.stringMatching(/^MiMoLo\//),
      },
      body: '{"worked":90,"note":"a/b & c took 90 s","list":[["x"]]}',
    },
  ]);
});

test("a text body is filled so that it stays what its type says", async () => {
  const server = await serving((_, response) => response.end());
  const { execute } = await running({ allowed_hosts: [server.host] });
  const context = { data: { say: 'a "b"&c=d\n' } };
  for (const [type, body] of [
    ["application/json", '{"say":"{{data.say}}"}'],
    ["application/x-www-form-urlencoded", "say={{data.say}}"],
    ["text/plain", "{{data.say}}"],
  ] as const)
    await execute({ url: server.origin, method: "PUT", headers: { "Content-Type": type }, body }, context);
  expect(server.asked.map(({ body }) => body)).toEqual([
    '{"say":"a \\"b\\"&c=d\\n"}',
    "say=a%20%22b%22%26c%3Dd%0A",
    'a "b"&c=d\n',
  ]);
});

test("what is missing stays empty and is said once", async () => {
  const server = await serving((_, response) => response.end());
  const { execute, collector } = await running({ allowed_hosts: [server.host] });
  await execute({ url: `${server.origin}/{{data.nothing}}` });
  await execute({ url: `${server.origin}/{{data.nothing}}` });
  expect(server.asked.map(({ path }) => path)).toEqual(["/", "/"]);
  const warnings = collector.all("log").filter(({ level }) => level === "warning");
  expect(warnings.map(({ message }) => message)).toEqual([
    "{{data.nothing}} is nothing that this call came with; it stays empty",
  ]);
});

test("what may not be asked is refused before anything is sent, by a code", async () => {
  const server = await serving((_, response) => response.end());
  const { execute } = await running({ allowed_hosts: [server.host] });
  const codeOf = async (params: object, context?: object) => (await execute(params, context)).error?.code;
  expect(await codeOf({ url: `http://localhost:${server.host.split(":")[1]}` })).toBe("host-not-allowed");
  expect(await codeOf({ url: "http://{{data.host}}/" }, { data: { host: "evil.example" } })).toBe("host-not-allowed");
  expect(await codeOf({ url: "ftp://a.example" })).toBe("invalid-request");
  expect(await codeOf({ url: `http://me:pw@${server.host}` })).toBe("invalid-request");
  expect(await codeOf({ url: server.origin, method: "TRACE" })).toBe("invalid-request");
  expect(await codeOf({ url: server.origin, headers: { Host: "evil.example" } })).toBe("invalid-request");
  expect(await codeOf({ url: server.origin, headers: { "X-A": "{{data.a}}" } }, { data: { a: "1\r\nX-B: 2" } })).toBe(
    "invalid-request",
  );
  expect(await codeOf({})).toBe("invalid-params");
  expect(await codeOf({ url: server.origin, bodi: 1 })).toBe("invalid-params");
  expect(server.asked).toHaveLength(0);
});

test("an answer that does not fit a line is cut, at a character, and says so; bytes that are no text come as base64", async () => {
  const server = await serving(({ path }, response) => {
    if (path === "/bytes") response.end(Buffer.from([0xff, 0x00, 0xfe]));
    else response.end(path === "/quotes" ? '"'.repeat(60_000) : "€".repeat(30_000));
  });
  const { execute } = await running({ allowed_hosts: [server.host] });
  for (const path of ["/euro", "/quotes"]) {
    const { data } = (await execute({ url: server.origin + path })) as { data: { body: string; truncated: boolean } };
    expect(data.truncated).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(data.body))).toBeGreaterThan(49_000);
    expect(data.body).toMatch(/^(€+|"+)$/);
  }
  const { data } = await execute({ url: `${server.origin}/bytes` });
  expect(data).toMatchObject({ body_base64: "/wD+", truncated: false });
});

test("nothing an echo, an error or a redirect can do brings a secret to light", async () => {
  const secret = "s3cr3t/t0ken+value==";
  const bearer = "b3arer-t0ken-value";
  const dead = await deadPort();
  const server = await serving((asked, response, count) => {
    const { authorization = "" } = asked.headers;
    const echo = [asked.headers["x-api-key"], encodeURIComponent(secret), JSON.stringify(authorization), authorization];
    if (asked.path === "/redirect") response.writeHead(302, { location: `http://127.0.0.1:${dead}/${secret}` });
    else
      response.writeHead(asked.path === "/fails" && count % 2 === 1 ? 503 : asked.path === "/refuses" ? 401 : 200, {
        "x-echo": authorization,
        "www-authenticate": authorization,
      });
    response.end(echo.join("\n"));
  });
  const config = {
    allowed_hosts: [server.host, `127.0.0.1:${dead}`],
    headers: { "X-Api-Key": secret },
    bearer,
    retries: 1,
    retry_wait_ms: 1,
  };
  const { execute, collector } = await running(config);
  for (const path of ["/echo", "/fails", "/refuses", "/redirect"])
    await execute({ url: `${server.origin}${path}`, headers: { authorization: "mine" } });
  await execute({ url: `http://127.0.0.1:${dead}/` });
  await execute({ url: "http://not.allowed.example" });
  await collector.flush();
  await collector.send({ cmd: "status" });
  expect(server.asked[0]?.headers).toMatchObject({ "x-api-key": secret, authorization: `Bearer ${bearer}` });
  const said = JSON.stringify(collector.messages);
  expect(collector.all("result")).toHaveLength(6);
  expect(said).toContain("[secret]");
  for (const word of [secret, bearer, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
    expect(said).not.toContain(word);
});

test("settings that cannot be leave it degraded, and their values unsaid", async () => {
  const { collector } = await running({
    allowed_hosts: ["a.example/path"],
    headers: { "X-Token": "hidden\nvalue", Host: "hidden" },
    bearer: "hidden\nvalue",
    timeout_ms: 0,
    retry: "never",
  });
  const { health, message } = collector.all("status").at(-1) ?? {};
  expect(health).toBe("degraded");
  for (const key of ["allowed_hosts", "headers.X-Token", "headers.Host", "bearer", "timeout_ms", "retry"])
    expect(message).toContain(key);
  expect(JSON.stringify(collector.messages)).not.toContain("hidden");
});
