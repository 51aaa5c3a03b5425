import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AllowReport, AuditEntry, GrantReport, InstallReport, KeyReport, Problem } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";
import { withTrustDesk } from "../../src/trust/index.ts";
import { DeskScene } from "../trust/desk-scene.ts";

const scene = new DeskScene();
const script = join(scene.folder, "my-agent.mjs");
let collector: Collector;

beforeAll(async () => {
  copyFileSync(fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url)), script);
  const plugins = { mine: { executable: process.execPath, args: [script] } };
  collector = await createCollector({ dataDir: scene.root, plugins });
  await collector.start();
});
afterAll(async () => {
  await collector.stop();
  scene.remove();
});

interface Sent {
  readonly method?: string;
  readonly body?: object | Buffer;
  readonly headers?: Record<string, string>;
}

/** One call over the control socket: JSON, or bytes as they are. */
function call(path: string, { method = "POST", body, headers = {} }: Sent = {}) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const isBytes = Buffer.isBuffer(body);
    const type = isBytes ? "application/octet-stream" : "application/json";
    const all = { ...(body === undefined ? {} : { "content-type": type }), ...headers };
    const options = { socketPath: collector.address ?? "", method, path: `/api/v1${path}`, headers: all };
    const sent = request(options, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) }));
    });
    sent.on("error", reject);
    sent.end(body === undefined || isBytes ? body : JSON.stringify(body));
  });
}

const get = async (path: string) => (await call(path, { method: "GET" })).body;
const items = async (path: string) => (await get(path))["items"] as Record<string, unknown>[];
const stateOf = () => collector.status().agents.find(({ label }) => label === "mine")?.state;

test("an own script is blocked until it is allowed over HTTP, runs then, and ends when its key is revoked", async () => {
  expect(stateOf()).toBe("blocked");
  const allowed = await call("/allow", { body: { path: script }, headers: { "x-mimolo-by": "cli" } });
  expect(allowed.status).toBe(201);
  const { key_id: keyId } = AllowReport.parse(allowed.body);
  await expect.poll(stateOf, { timeout: 10_000 }).toBe("running");
  const revoked = await call(`/keys/${keyId}/revoke`, { body: { why: "lost" } });
  expect(KeyReport.parse(revoked.body).revoked).toMatchObject({ why: "lost" });
  await expect.poll(stateOf, { timeout: 10_000 }).toBe("blocked");
  const audit = (await items("/audit")).map((entry) => AuditEntry.parse(entry));
  expect(audit.map(({ action, by }) => `${action} ${by}`)).toEqual(expect.arrayContaining(["allow cli", "revoke api"]));
  expect(audit.map(({ action }) => action)).toContain("launch");
});

test("a key is made, listed, trusted and revoked", async () => {
  const made = await call("/keys", { body: { label: "mine", scope: ["acme.*"] } });
  expect(made).toMatchObject({ status: 201, body: { label: "mine", scope: ["acme.*"] } });
  const trusted = await call("/keys/trust", {
    body: { public_key: scene.author.publicKey, label: "Acme", scope: ["acme.*"] },
  });
  expect(trusted).toMatchObject({ status: 201, body: { source: "pinned", scope: ["acme.*"] } });
  expect((await items("/keys")).map((key) => KeyReport.parse(key).label)).toContain("Acme");
});

test("who says nothing about grants installs first and grants then; until it is granted the plugin waits", async () => {
  const bytes = readFileSync(await scene.packed({ id: "acme.waits", capabilities: ["network", "filesystem"] }));
  const sent = await call("/plugins/acme.waits/install", { body: bytes });
  expect(sent).toMatchObject({ status: 201, body: { granted: ["network"], not_granted: ["filesystem"] } });
  expect(await get("/plugins")).toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ code: "needs-consent" })]) as unknown,
  });
  const granted = await call("/grants", { body: { plugin_id: "acme.waits", capabilities: ["filesystem"] } });
  expect(granted).toMatchObject({ status: 201, body: { granted: ["network", "filesystem"], not_granted: [] } });
  expect((await call("/plugins/acme.waits", { method: "DELETE" })).status).toBe(200);
});

test("a package is sent as bytes, held to its id, asked about, installed, granted and removed", async () => {
  const bytes = readFileSync(await scene.packed({ capabilities: ["network", "filesystem"] }));
  const waits = await call("/plugins/acme.x/install?grants=network", { body: bytes });
  expect(waits).toMatchObject({ status: 403, body: { code: "needs-consent", reason: "needs-consent" } });
  expect(Problem.parse(waits.body).hint).toContain("mimolo plugin install FILE --grant network filesystem");
  expect(await call("/plugins/acme.y/install?grants=all", { body: bytes })).toMatchObject({
    status: 422,
    body: { code: "bad-package", reason: "other-plugin" },
  });
  const sent = await call("/plugins/acme.x/install?grants=filesystem", { body: bytes });
  expect(sent.status).toBe(201);
  const installed = InstallReport.parse(sent.body);
  expect(installed.granted).toEqual(["network", "filesystem"]);
  expect(existsSync(join(installed.path, "main.mjs"))).toBe(true);
  expect(readdirSync(scene.directory.staging)).toEqual([]);
  expect(await call("/plugins/acme.x/install", { body: bytes })).toMatchObject({
    status: 200,
    body: { changed: false },
  });

  const grants = (await items("/grants")).map((grant) => GrantReport.parse(grant));
  expect(grants.filter((grant) => grant.plugin_id === "acme.x").map(({ id }) => id)).toEqual([
    "acme.x:network",
    "acme.x:filesystem",
  ]);
  const dropped = await call("/grants/acme.x%3Afilesystem", { method: "DELETE" });
  expect(dropped).toMatchObject({ status: 200, body: { granted: ["network"], not_granted: ["filesystem"] } });
  expect(await call("/grants", { body: { plugin_id: "acme.x", capabilities: ["filesystem"] } })).toMatchObject({
    status: 201,
    body: { granted: ["network", "filesystem"] },
  });
  expect(await get("/plugins/acme.x/status")).toMatchObject({
    plugin_id: "acme.x",
    verdict: "trusted",
    granted: ["network", "filesystem"],
    agents: [],
  });
  const removed = await call("/plugins/acme.x", { method: "DELETE" });
  expect(removed).toMatchObject({ status: 200, body: { plugin_id: "acme.x", versions: ["1.0.0"] } });
  expect(existsSync(installed.path)).toBe(false);
});

test("a package by its path is installed, and a downgrade wants to be meant", async () => {
  const [old, now] = [await scene.packed(), await scene.packed({ version: "2.0.0" })];
  expect((await call("/plugins/acme.x/install", { body: { path: now } })).status).toBe(201);
  expect(await call("/plugins/acme.x/install", { body: { path: old } })).toMatchObject({
    status: 403,
    body: { code: "refused-by-trust", reason: "downgrade" },
  });
  const meant = await call("/plugins/acme.x/install", { body: { path: old, accept_downgrade: true } });
  expect(meant).toMatchObject({ status: 201, body: { version: "1.0.0", replaced: "2.0.0" } });
});

test("beside a collector a command is told who holds the data directory", async () => {
  const asked = withTrustDesk(scene.root, (desk) => desk.newKey({ by: "cli" }));
  await expect(asked).rejects.toMatchObject({ code: "already-running", pid: process.pid });
});

test("two installations at once both come through", async () => {
  const packages = await Promise.all(["acme.p", "acme.q"].map((id) => scene.packed({ id })));
  const asked = packages.map((path, index) =>
    call(`/plugins/acme.${"pq".charAt(index)}/install`, { body: readFileSync(path) }),
  );
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([201, 201]);
  expect(await call("/verify", { body: {} })).toMatchObject({ body: { ok: true } });
});

test("what a sender leaves half sent goes", async () => {
  const socket = connect(collector.address ?? "");
  const head = "POST /api/v1/plugins/acme.x/install HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\n";
  await new Promise<void>((resolve) => socket.write(`${head}content-length: 1000000\r\n\r\nPK`, () => resolve()));
  const uploads = () => readdirSync(scene.directory.staging).length;
  await expect.poll(uploads).toBe(1);
  socket.destroy();
  await expect.poll(uploads).toBe(0);
});

const refusals: readonly (readonly [string, string, object | Buffer | undefined, number, string])[] = [
  ["POST", "/allow", {}, 400, "invalid-parameter"],
  ["POST", "/allow", { path: "my-agent.py" }, 400, "invalid-parameter"],
  ["POST", "/allow", { path: "/absent/agent.py" }, 400, "not-allowable"],
  ["POST", "/allow", { path: "/bin/sh", grants: ["all"] }, 400, "bad-grant"],
  ["POST", "/allow", { path: "/bin/sh", grant: ["network"] }, 400, "invalid-parameter"],
  ["POST", "/keys", { scope: ["*.*.**"] }, 400, "bad-key"],
  ["POST", "/keys/trust", { public_key: "x" }, 400, "bad-key"],
  ["POST", "/keys/trust", {}, 400, "invalid-parameter"],
  ["POST", "/keys/0123456789ABCDEF/revoke", {}, 404, "unknown-key"],
  ["POST", "/grants", { plugin_id: "acme.none", capabilities: ["network"] }, 404, "unknown-plugin"],
  ["POST", "/grants", { plugin_id: "acme.none", capabilities: [] }, 400, "invalid-parameter"],
  ["DELETE", "/grants/acme.none:network", undefined, 404, "not-found"],
  ["DELETE", "/plugins/acme.none", undefined, 404, "unknown-plugin"],
  ["DELETE", "/plugins/..", undefined, 404, "unknown-plugin"],
  ["GET", "/plugins/acme.none/status", undefined, 404, "unknown-plugin"],
  ["POST", "/plugins/acme.x/install", Buffer.from("no package"), 422, "bad-package"],
  ["POST", "/plugins/acme.x/install?grant=all", Buffer.from("x"), 400, "invalid-parameter"],
  ["POST", "/plugins/acme.x/install", { path: "x.mmpkg" }, 400, "invalid-parameter"],
  ["POST", "/plugins/acme.x/install", { path: "/absent.mmpkg" }, 422, "bad-package"],
  ["POST", "/keys", Buffer.from("x"), 415, "unsupported-media-type"],
  ["GET", "/audit?limit=0", undefined, 400, "invalid-parameter"],
];

test.each(refusals)("%s %s with %s is answered %i %s and changes nothing", async (method, path, body, status, code) => {
  const before = readFileSync(scene.directory.trustFile, "utf8");
  const answer = await call(path, { method, ...(body === undefined ? {} : { body }) });
  expect(answer).toMatchObject({ status, body: { code } });
  Problem.parse(answer.body);
  expect(readFileSync(scene.directory.trustFile, "utf8")).toBe(before);
  expect(readdirSync(scene.directory.staging)).toEqual([]);
});

test.each([
  ["announced", { "content-length": String(69 * 1024 * 1024) }],
  ["sent piece by piece", { "transfer-encoding": "chunked" }],
])("a package that is too large, %s, is refused and leaves nothing", async (_, headers) => {
  const answer = await call("/plugins/acme.x/install", { body: Buffer.alloc(69 * 1024 * 1024), headers });
  expect(answer).toMatchObject({ status: 413, body: { code: "body-too-large" } });
  expect(readdirSync(scene.directory.staging)).toEqual([]);
});

test("lists are read page by page", async () => {
  const first = await get("/audit?limit=2");
  expect(first["items"]).toHaveLength(2);
  const second = await get(`/audit?limit=2&cursor=${String(first["next_cursor"])}`);
  const seqs = [first, second].flatMap((page) => (page["items"] as AuditEntry[]).map(({ seq }) => seq));
  expect(seqs).toEqual([1, 2, 3, 4]);
  expect(await items("/capabilities")).toContainEqual(expect.objectContaining({ capability: "network", risk: "low" }));
  const path = await scene.packed({ id: "acme.g", capabilities: ["network", "midi"] });
  await call("/plugins/acme.g/install", { body: { path } });
  const page = await get("/grants?limit=1");
  expect(page).toMatchObject({ items: [{ id: "acme.g:network" }], next_cursor: expect.any(String) as string });
  const rest = await get(`/grants?limit=1&cursor=${String(page["next_cursor"])}`);
  expect(rest).toMatchObject({ items: [{ id: "acme.g:midi" }], next_cursor: null });
});

test("a damaged trust file: what is asked for is refused with the way out, and nothing is written over", async () => {
  writeFileSync(scene.directory.trustFile, "{");
  const answer = await call("/allow", { body: { path: script } });
  expect(answer).toMatchObject({ status: 409, body: { code: "trust-unreadable", reason: "trust-file-unreadable" } });
  expect(readFileSync(scene.directory.trustFile, "utf8")).toBe("{");
});
