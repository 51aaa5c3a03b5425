import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LoginCodeReport, LoginReport } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Confirmation } from "../../src/api/confirmations/confirmations.ts";
import type { Collector } from "../../src/collector.ts";
import { createCollector, loadConfig } from "../../src/index.ts";
import { DeskScene } from "../trust/desk-scene.ts";
import { send } from "../api/conformance/sending.ts";
import { once } from "../api/raw-connection.ts";

const scene = new DeskScene();
const shown: Confirmation[] = [];
let collector: Collector;

async function start(): Promise<void> {
  const file = join(scene.folder, "mimolo.toml");
  writeFileSync(file, '[plugins.net]\nplugin = "acme.net"\n');
  const load = () => loadConfig({ configFile: file, cwd: scene.folder, env: {}, consent: true });
  collector = await createCollector({
    dataDir: scene.root,
    cwd: scene.folder,
    config: load(),
    control: { port: 0 },
    reload: { load: () => ({ config: load() }) },
  });
  collector.on("confirmation:asked", (confirmation) => shown.push(confirmation));
  await collector.start();
}

beforeAll(async () => {
  await scene.trustAuthor();
  const waits = { id: "acme.net", capabilities: ["subprocess", "display"] };
  await scene.install(await scene.packed(waits), { mayWait: true });
  await start();
});
afterAll(async () => {
  await collector.stop({ hurry: true });
  scene.remove();
});

const own = () => readFileSync(scene.directory.token, "utf8").trimEnd();

interface Call {
  readonly token?: string | null;
  readonly body?: unknown;
}

/** Over TCP with the owner's token, unless it says another; over the socket with `"socket"`. */
async function call(method: string, path: string, { token = own(), body }: Call = {}, over = "tcp") {
  const port = Number(new URL(collector.http ?? "").port);
  const place =
    over === "socket"
      ? ({ over, path: collector.address ?? "" } as const)
      : ({ over: "tcp", port, token: token ?? "" } as const);
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const text = body === undefined ? null : JSON.stringify(body);
  const { status, text: answer } = await send(place, { method, target: `/api/v1${path}`, headers, body: text });
  return { status, body: JSON.parse(answer) as Record<string, unknown> };
}

const codeFor = async (scope?: string) =>
  LoginCodeReport.parse((await call("POST", "/login/code", { body: { scope } }, "socket")).body);
const logIn = (code: string, scope?: string) => call("POST", "/login", { token: null, body: { code, scope } });

test("the token of the owner lies in a file of the owner's, and the address beside it says where to send it", async () => {
  expect(statSync(scene.directory.token).mode & 0o777).toBe(0o600);
  expect(own()).toMatch(/^[\w-]{43}$/u);
  const address = JSON.parse(readFileSync(scene.directory.address, "utf8")) as Record<string, unknown>;
  expect(address).toMatchObject({ pid: process.pid, socket: collector.address, http: collector.http });
  expect((await call("GET", "/status")).body["collector"]).toMatchObject({ http: collector.http });
});

test("a code is good once, for a token of its scope that its digest alone is kept of", async () => {
  const { code, scope, address } = await codeFor();
  expect({ scope, address }).toEqual({ scope: "admin", address: `${collector.http}/#code=${code}` });
  const { token } = LoginReport.parse((await logIn(code)).body);
  expect((await logIn(code)).body).toMatchObject({ code: "unauthorized", reason: "bad-code" });
  expect((await call("GET", "/status", { token })).status).toBe(200);
  const kept = readFileSync(scene.directory.sessions, "utf8");
  expect([kept.includes(token), statSync(scene.directory.sessions).mode & 0o777]).toEqual([false, 0o600]);
});

test("a scope is what a token may do, never more than its code had", async () => {
  const { code } = await codeFor("control");
  expect((await logIn(code, "admin")).body).toMatchObject({ code: "forbidden", reason: "scope" });
  const { token, scope } = LoginReport.parse((await logIn(code, "read")).body);
  expect(scope).toBe("read");
  const asked: [string, string, unknown, number][] = [
    ["GET", "/status", undefined, 200],
    ["POST", "/verify", {}, 200],
    ["POST", "/agents/net/stop", undefined, 403],
    ["PATCH", "/config", { monitor: { cooldown_seconds: 5 } }, 403],
    ["POST", "/shutdown", undefined, 403],
    ["DELETE", "/plugins/acme.net", undefined, 403],
  ];
  for (const [method, path, body, status] of asked) {
    const answer = await call(method, path, { token, body });
    expect([path, answer.status]).toEqual([path, status]);
    if (status === 403) expect(answer.body).toMatchObject({ code: "forbidden", reason: "scope" });
  }
});

test("a token that was logged out is good for nothing any more, and the socket ends all of them", async () => {
  const one = LoginReport.parse((await logIn((await codeFor()).code)).body).token;
  const other = LoginReport.parse((await logIn((await codeFor()).code)).body).token;
  expect((await call("POST", "/logout", { token: one, body: { all: true } })).body).toMatchObject({
    code: "socket-only",
  });
  expect(await call("POST", "/logout", { token: one })).toEqual({ status: 200, body: { ended: true } });
  expect((await call("GET", "/status", { token: one })).body).toMatchObject({ reason: "bad-token" });
  expect((await call("GET", "/status", { token: other })).status).toBe(200);
  expect((await call("POST", "/logout", { body: { all: true } }, "socket")).status).toBe(200);
  expect((await call("GET", "/status", { token: other })).body).toMatchObject({ reason: "bad-token" });
  expect((await call("GET", "/status")).status).toBe(200);
  expect(await call("POST", "/logout")).toMatchObject({ status: 409, body: { code: "conflict", reason: "own-token" } });
  expect((await call("GET", "/status")).status).toBe(200);
});

test("who was wrong about a token or a code is told of in the diagnostics and in the audit log, not each time", async () => {
  for (let count = 0; count < 3; count += 1) {
    expect((await call("GET", "/status", { token: "wrong" })).body).toMatchObject({ reason: "bad-token" });
    expect((await logIn("wrong")).body).toMatchObject({ reason: "bad-code" });
  }
  const told = async () => {
    const { items } = (await call("GET", "/diagnostics?limit=1000")).body as { items: { code?: string }[] };
    return items.filter(({ code }) => code === "failed-logins").length;
  };
  await vi.waitFor(async () => expect(await told()).toBeGreaterThan(0), { timeout: 5_000 });
  const audited = async () => {
    const { items } = (await call("GET", "/audit")).body as { items: { action: string; subject: string }[] };
    return items.filter(({ action, subject }) => action === "deny" && subject === "control-api").length;
  };
  await vi.waitFor(async () => expect(await audited()).toBeGreaterThan(0), { timeout: 5_000 });
  // One a minute, however long all this took.
  expect(Math.max(await told(), await audited())).toBeLessThan(6);
});

test("what runs, and who may, is not said over TCP, whatever the token", async () => {
  const asked: [string, string, unknown, string][] = [
    ["POST", "/agents", { label: "x", executable: "/bin/sh" }, "executable"],
    ["POST", "/agents", { label: "x", plugin: "acme.net", args: ["-c"] }, "args"],
    ["POST", "/agents", { label: "x" }, "an agent without plugin"],
    ["PATCH", "/agents/net", { env: { PATH: "/tmp" } }, "env"],
    ["PATCH", "/agents/net", { sandbox: "off" }, "sandbox"],
    ["PUT", "/plugins/acme.net/config", { executable: "/bin/sh" }, "executable"],
    ["PUT", "/plugins/acme.net/config", { values: { sandbox: "off" }, label: "net" }, "sandbox"],
    ["PATCH", "/agents/net", { plugin: "acme.other" }, "plugin"],
    ["PATCH", "/agents/net", { secret: { file: "/etc/passwd" } }, "a secret in secret"],
    ["PATCH", "/agents/net", { hosts: [{ key: { env: "HOME" } }] }, "a secret in hosts"],
    ["PATCH", "/agents/net", { secret: { env: "HOME", beside: 1 } }, "a secret in secret"],
    ["POST", "/agents", { label: "x", plugin: "acme.net", secret: { env: "HOME" } }, "a secret in secret"],
    ["PUT", "/plugins/acme.net/config", { secret: { file: "/etc/passwd" } }, "a secret in secret"],
    ["PUT", "/plugins/acme.net/config", { values: { secret: { env: "HOME" } }, label: "net" }, "a secret in secret"],
    ["PATCH", "/config", { trust: { auto_grant_low: false } }, "trust"],
    ["PATCH", "/config", { control: { port: 1 } }, "control"],
    ["PATCH", "/config", { monitor: { log_dir: "/tmp" } }, "log_dir"],
    ["POST", "/keys", {}, "POST /api/v1/keys"],
    ["POST", "/allow", { path: "/bin/sh" }, "POST /api/v1/allow"],
    ["POST", "/plugins/acme.net/install", { path: "/tmp/x.mmpkg" }, "path"],
    ["POST", "/verify", { repo: "/tmp" }, "repo"],
  ];
  const before = readFileSync(join(scene.folder, "mimolo.toml"), "utf8");
  for (const [method, path, body, named] of asked) {
    const answer = await call(method, path, { body });
    expect([path, answer.body["code"]]).toEqual([path, "socket-only"]);
    expect(`${String(answer.body["reason"])} ${String(answer.body["detail"])}`).toContain(named);
  }
  expect(readFileSync(join(scene.folder, "mimolo.toml"), "utf8")).toBe(before);
});

test("a page gets a grant only with the code that the terminal shows, for exactly what was asked", async () => {
  const body = { plugin_id: "acme.net", capabilities: ["subprocess"] };
  const grant = (more: object = {}) => call("POST", "/grants", { body: { ...body, ...more } });
  expect((await grant({ capabilities: ["network"] })).body).toMatchObject({ code: "bad-grant" });
  expect((await grant({ code: "000000" })).body).toMatchObject({ code: "needs-confirmation", reason: "wrong-code" });
  expect(shown).toEqual([]);
  expect((await grant()).body).toMatchObject({ code: "needs-confirmation", reason: "code-shown" });
  expect((await grant()).body).toMatchObject({ reason: "code-shown" });
  expect(shown).toHaveLength(1);
  const [{ code } = { code: "" }] = shown;
  const wrong = code === "123456" ? "123457" : "123456";
  expect((await grant({ code: wrong })).body).toMatchObject({ reason: "wrong-code" });
  expect((await grant({ code, capabilities: ["display"] })).body).toMatchObject({ reason: "another-waits" });
  const stranger = LoginReport.parse((await logIn((await codeFor()).code)).body).token;
  const stolen = await call("POST", "/grants", { token: stranger, body: { ...body, code } });
  expect(stolen.body).toMatchObject({ reason: "wrong-code" });
  expect((await call("GET", "/grants")).body["items"]).toEqual([]);
  expect(await grant({ code })).toMatchObject({ status: 201, body: { plugin_id: "acme.net" } });
  expect((await grant({ code })).body).toMatchObject({ reason: "wrong-code" });
  const held = (await call("GET", "/grants")).body["items"] as { capability: string }[];
  expect(held.map(({ capability }) => capability)).toEqual(["subprocess"]);
  const install = { grants: ["display"] };
  expect((await call("POST", "/plugins/acme.net/upgrade", { body: install })).body).toMatchObject({
    code: "needs-confirmation",
  });
});

test("a package that says itself that it is too large is refused before it comes", async () => {
  const { host, port } = new URL(collector.http ?? "");
  const head = [
    "POST /api/v1/plugins/acme.net/install HTTP/1.1",
    `Host: ${host}`,
    `Authorization: Bearer ${own()}`,
    "Content-Type: application/octet-stream",
    `Content-Length: ${80 * 1024 * 1024}`,
  ];
  const answer = await once(Number(port), `${head.join("\r\n")}\r\n\r\nbegins`);
  expect([answer?.status, JSON.parse(answer?.body ?? "null")]).toMatchObject([413, { code: "body-too-large" }]);
});

test("tokens outlive the collector, codes do not", async () => {
  const [token, { code }] = [LoginReport.parse((await logIn((await codeFor()).code)).body).token, await codeFor()];
  const before = own();
  await collector.stop();
  await start();
  expect(own()).toBe(before);
  expect((await call("GET", "/status", { token })).status).toBe(200);
  expect((await logIn(code)).body).toMatchObject({ reason: "bad-code" });
});
