import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, afterEach, expect, test } from "vitest";
import { type Collector } from "../../../src/collector.ts";
import { type CollectorOptions, createCollector, type ReportOptions } from "../../../src/index.ts";

const root = mkdtempSync(join(tmpdir(), "mimolo-injected-"));
let collector: Collector | null = null;
afterEach(() => collector?.stop({ hurry: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function start(more: Partial<CollectorOptions> = {}): Promise<void> {
  collector = await createCollector({ dataDir: join(root, "data"), control: { port: 0 }, ...more });
  await collector.start();
}

/** Over the socket. */
function ask(method: string, path: string, body?: object) {
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request({ socketPath: collector?.address ?? "", method, path, headers }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) as unknown }));
    });
    sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const lacking: readonly (readonly [string, string, object?])[] = [
  ["GET", "/reports/timesheet"],
  ["POST", "/query", { sql: "select 1" }],
];

test("what nobody brought is not available, and says so", async () => {
  await start();
  for (const [method, path, body] of lacking) {
    const answer = await ask(method, `/api/v1${path}`, body);
    expect(answer).toMatchObject({ status: 404, body: { code: "not-available", hint: expect.any(String) as string } });
  }
  for (const path of ["/widgets/nobody", "/widgets/nobody/render"]) {
    const answer = await ask(path.endsWith("r") ? "POST" : "GET", `/api/v1${path}`);
    expect(answer).toMatchObject({ status: 404, body: { code: "unknown-agent" } });
  }
  const bare = await fetch(`${collector?.http}/`);
  expect([bare.status, await bare.json()]).toMatchObject([404, { code: "not-available" }]);
});

test("reports and queries are answered by whoever brought them", async () => {
  const asked: unknown[] = [];
  const make = (kind: string, options: ReportOptions) => {
    asked.push([kind, options]);
    if (options.by === "client") return Promise.reject(new Error("there are no clients here"));
    return Promise.resolve({ rows: [], totals: { duration_s: 0 }, basis: { verified: true, head: null } });
  };
  const query = (sql: string) =>
    sql.startsWith("select") ? Promise.resolve([{ one: 1 }]) : Promise.reject(new Error(`near "${sql}": syntax error`));
  await start({ reports: { kinds: ["timesheet"], make }, query });
  const from = "2026-11-21T09:00:00Z";
  const report = await ask("GET", `/api/v1/reports/timesheet?from=${from}&by=week&rate=90EUR&proof=true`);
  expect(report).toMatchObject({ status: 200, body: { totals: { duration_s: 0 } } });
  const options = { fromMs: Date.parse(from), toMs: undefined, by: "week", rate: "90EUR", proof: true, explain: false };
  expect(asked).toEqual([["timesheet", options]]);
  expect(await ask("GET", "/api/v1/reports/timesheet?by=client")).toMatchObject({
    status: 400,
    body: { code: "invalid-parameter", detail: "there are no clients here" },
  });
  expect(await ask("GET", "/api/v1/reports/weather")).toMatchObject({
    status: 404,
    body: { code: "not-found", hint: "there are timesheet, plugin:ID" },
  });
  expect(await ask("POST", "/api/v1/query", { sql: "select 1 as one" })).toEqual({ status: 200, body: [{ one: 1 }] });
  expect(await ask("POST", "/api/v1/query", { sql: "frm" })).toMatchObject({
    status: 400,
    body: { code: "invalid-parameter", detail: 'near "frm": syntax error' },
  });
  expect(asked).toHaveLength(2);
});

test("what answers nothing answers null", async () => {
  await start({ query: () => Promise.resolve(undefined) });
  expect(await ask("POST", "/api/v1/query", { sql: "vacuum" })).toEqual({ status: 200, body: null });
});

test("a page is served over TCP as it lies there, what lies beside it is not, and the socket sends people there", async () => {
  const page = join(root, "page");
  mkdirSync(join(page, "assets"), { recursive: true });
  writeFileSync(join(root, "secret.txt"), "secret");
  writeFileSync(join(page, ".hidden"), "hidden");
  writeFileSync(join(page, "index.html"), "<!doctype html><title>A page</title>");
  writeFileSync(join(page, "assets", "a.js"), "export {};");
  await start({ page });
  const at = (path: string) => fetch(`${collector?.http}${path}`);
  const index = await at("/");
  expect(await index.text()).toContain("<title>A page</title>");
  const policy = index.headers.get("content-security-policy");
  expect(policy).toMatch(/default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
  expect(policy).toMatch(/trusted-types svelte-trusted-html mimolo-widget; style-src 'self'$/);
  expect(index.headers.get("cache-control")).toBe("no-store");
  const script = await at("/assets/a.js");
  expect([script.status, script.headers.get("content-type")]).toEqual([200, "application/javascript; charset=utf-8"]);
  for (const path of [
    "/.hidden",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets",
  ]) {
    const answer = await at(path);
    expect([path, answer.ok, (await answer.text()).includes("secret")]).toEqual([path, false, false]);
  }
  expect(await ask("GET", "/")).toMatchObject({ status: 404, body: { code: "not-available" } });
  expect((await ask("GET", "/api/v1/health")).body).toEqual({ ok: true });
});

test("what the build compressed goes so to who takes it, and as it is to everybody else", async () => {
  const page = join(root, "page");
  mkdirSync(page, { recursive: true });
  const text = "export const words = 'the same again and again';\n".repeat(50);
  writeFileSync(join(page, "index.html"), "<!doctype html><title>A page</title>");
  writeFileSync(join(page, "a.js"), text);
  writeFileSync(join(page, "a.js.br"), brotliCompressSync(text));
  await start({ page });
  // `fetch` takes encodings of its own and undoes them.
  const at = async (encoding: string) => {
    const [answer] = (await once(
      get(`${collector?.http}/a.js`, { headers: { "accept-encoding": encoding } }),
      "response",
    )) as [IncomingMessage];
    const bytes = Buffer.concat(await answer.toArray());
    return { encoding: answer.headers["content-encoding"], vary: answer.headers.vary, bytes };
  };
  const small = await at("gzip, deflate, br");
  expect([small.encoding, small.vary]).toEqual(["br", "accept-encoding"]);
  expect(brotliDecompressSync(small.bytes).toString()).toBe(text);
  const whole = await at("identity");
  expect([whole.encoding, whole.bytes.toString()]).toEqual([undefined, text]);
});

test("a page whose frames have styles of their own says which, and nothing else comes into the policy", async () => {
  const page = join(root, "page");
  const hash = `sha256-${"A".repeat(43)}=`;
  const served = async (text: string) => {
    mkdirSync(page, { recursive: true });
    writeFileSync(join(page, "index.html"), "<!doctype html><title>A page</title>");
    writeFileSync(join(page, "page-policy.json"), text);
    await start({ page });
    return await fetch(`${collector?.http}/`);
  };
  const right = await served(JSON.stringify({ style_hashes: [hash] }));
  expect(right.headers.get("content-security-policy")).toMatch(
    new RegExp(`style-src 'self' '${hash.replace("+", ".")}'$`),
  );
  await collector?.stop();
  const wrong = await served(JSON.stringify({ style_hashes: ["unsafe-inline"] }));
  expect(await wrong.json()).toMatchObject({
    code: "not-available",
    hint: expect.stringContaining("page-policy.json"),
  });
});

test("a folder without a page says what is missing, and the API is there all the same", async () => {
  await start({ page: join(root, "nowhere") });
  const answer = (await (await fetch(`${collector?.http}/`)).json()) as { code: string; hint: string };
  expect(answer).toMatchObject({ code: "not-available", hint: `there is no index.html in ${join(root, "nowhere")}` });
  expect((await ask("GET", "/api/v1/status")).status).toBe(200);
});
