import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readTrust } from "@mimolo/trust";
import { expect, test, vi } from "vitest";
import { readDecisions } from "../../src/trust/index.ts";
import { openArchive } from "../../src/reading/archive.ts";
import { LiveTrust, textOf } from "./live-trust.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const both = {
  mail: { plugin: "acme.x", heartbeat_interval_s: 0.5 },
  post: { plugin: "acme.x", heartbeat_interval_s: 0.5 },
};
const works = textOf("reports-work");
/** Goes on forever and never says who it is. */
const silent = "setInterval(() => undefined, 1000); process.stdin.resume();";
/** Dies under one of its two labels. */
const halfBroken = `if (process.env.MIMOLO_AGENT_LABEL === "post") process.exit(3);\n${works}`;

/** Two agents of a plugin in version 1.0.0, running. */
async function running(program = works) {
  const live = new LiveTrust();
  await live.scene.trustAuthor();
  const { path } = await live.scene.install(await live.scene.packed({ program }));
  const collector = await live.start(both);
  await Promise.all([live.running("mail"), live.running("post")]);
  const install = async (lines: { version: string; program: string }) =>
    live.ask("POST", "/plugins/acme.x/install", { path: await live.scene.packed(lines) });
  return { live, collector, path, install };
}

const storeOf = (live: LiveTrust) => readdirSync(join(live.scene.directory.store, "acme.x")).toSorted();
const trustOf = (live: LiveTrust) => readTrust(live.scene.directory.trustFile);

/** `install`, `launch` and `deny` of the audit log, with the version they are about. */
async function auditOf(live: LiveTrust): Promise<string[]> {
  const lines: string[] = [];
  for await (const { action, subject, detail } of openArchive(live.scene.root).audit()) {
    if (action !== "install" && action !== "launch" && action !== "deny") continue;
    const version = typeof detail === "object" ? detail["version"] : undefined;
    lines.push(typeof version === "string" ? `${action} ${version}` : `${action} ${subject}`);
  }
  return lines;
}

test("a newer version takes the place of the one that runs, with its identity, once all of its agents work", async () => {
  const { live, collector, install } = await running();
  const before = [live.agent("mail"), live.agent("post")];
  const { status, body } = await install({ version: "1.1.0", program: works });
  expect({ status, body }).toMatchObject({ status: 201, body: { version: "1.1.0", replaced: "1.0.0" } });
  const after = [live.agent("mail"), live.agent("post")];
  for (const [index, agent] of after.entries()) {
    expect(agent).toMatchObject({ state: "running", verdict: "trusted", instance_id: before[index]?.instance_id });
    expect(agent.pid).not.toBe(before[index]?.pid);
  }
  expect(storeOf(live)).toEqual([expect.stringMatching(/^1\.1\.0-[0-9a-f]{16}$/)]);
  expect(trustOf(live).high_water).toEqual({ "acme.x": "1.1.0" });
  // On record before it ran; and no second start of it once it was allowed.
  await collector.stop();
  expect((await auditOf(live)).slice(-3)).toEqual(["install 1.1.0", "launch 1.1.0", "launch 1.1.0"]);
});

test.each([
  ["dies", "process.exit(3);"],
  ["does not even load", "this is no program"],
  ["works under one label and dies under the other", halfBroken],
])(
  "a version that %s is taken back: the old one runs again, and nothing of the new one is left",
  async (_, program) => {
    const { live, collector, path, install } = await running();
    const ids = [live.agent("mail").instance_id, live.agent("post").instance_id];
    const { status, body } = await install({ version: "1.1.0", program });
    expect({ status, body }).toMatchObject({ status: 409, body: { code: "rolled-back" } });
    expect((body as { detail: string }).detail).toMatch(
      /^acme\.x 1\.1\.0 was taken back: .*1\.0\.0 is installed as before$/,
    );
    await Promise.all([live.running("mail"), live.running("post")]);
    expect([live.agent("mail").instance_id, live.agent("post").instance_id]).toEqual(ids);
    expect(storeOf(live)).toEqual([basename(path)]);
    expect(trustOf(live)).toMatchObject({ allow: [{ version: "1.0.0" }], high_water: { "acme.x": "1.0.0" } });
    await collector.stop();
    const audit = await auditOf(live);
    const about = audit.filter((line) => line.includes("1.1.0"));
    expect([about[0], about.at(-1)]).toEqual(["install 1.1.0", "deny acme.x 1.1.0"]);
    expect(new Set(about.slice(1, -1))).toEqual(new Set(["launch 1.1.0"]));
  },
);

test("a key that is revoked while a version is tried ends it at once: neither it nor the old one runs", async () => {
  const { live, install } = await running();
  const asked = install({ version: "1.1.0", program: silent });
  await live.until("mail", ({ state }) => state === "handshaking");
  const { pid } = live.agent("mail");
  const atMs = performance.now();
  await live.ask("POST", `/keys/${live.scene.author.keyId}/revoke`, { why: "stolen" });
  expect(await asked).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(performance.now() - atMs).toBeLessThan(15_000);
  for (const label of ["mail", "post"]) {
    expect(await live.blocked(label)).toMatchObject({ verdict: "revoked", pid: null });
  }
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
  expect(storeOf(live)).toHaveLength(1);
});

test("a plugin that is taken out while another version is tried is gone, whatever ran of it", async () => {
  const { live, install } = await running();
  const asked = install({ version: "1.1.0", program: silent });
  await live.until("post", ({ state }) => state === "handshaking");
  const { pid } = live.agent("post");
  expect((await live.ask("DELETE", "/plugins/acme.x")).status).toBeLessThan(300);
  expect(await asked).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  await Promise.all([live.blocked("mail"), live.blocked("post")]);
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
  expect(readdirSync(live.scene.directory.store)).toEqual([]);
  expect(trustOf(live).allow).toEqual([]);
});

test("a collector that stops while a version is tried starts again with the old one", async () => {
  const { live, collector, path, install } = await running();
  const asked = install({ version: "1.1.0", program: silent }).catch((error: unknown) => error);
  await live.until("mail", ({ state }) => state === "handshaking");
  await collector.stop();
  await asked;
  expect(readDecisions(live.scene.directory).installed).toMatchObject([{ version: "1.0.0" }]);
  await live.start(both);
  await Promise.all([live.running("mail"), live.running("post")]);
  expect(live.agent("mail")).toMatchObject({ verdict: "trusted" });
  expect(storeOf(live)).toEqual([basename(path)]);
  expect(trustOf(live).high_water).toEqual({ "acme.x": "1.0.0" });
  expect((await live.scene.verify()).ok).toBe(true);
});

test("a version that needs what is not here is not even started", async () => {
  const { live, install, path } = await running();
  const { pid } = live.agent("mail");
  const needy = await live.scene.packed({ version: "1.1.0", program: works, needs: { "acme.absent": "^1" } });
  const { status, body } = await live.ask("POST", "/plugins/acme.x/install", { path: needy });
  expect({ status, body }).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect((body as { detail: string }).detail).toContain("acme.absent");
  expect(live.agent("mail")).toMatchObject({ state: "running", pid });
  expect(storeOf(live)).toEqual([basename(path)]);
  await install({ version: "1.2.0", program: works });
  expect(trustOf(live).allow).toMatchObject([{ version: "1.2.0" }]);
});

test("where nobody runs it, a newer version is simply allowed, and has proved nothing", async () => {
  const live = new LiveTrust();
  await live.scene.trustAuthor();
  await live.scene.install(await live.scene.packed({ program: works }));
  await live.start({});
  const path = await live.scene.packed({ version: "1.1.0", program: "process.exit(1)" });
  expect((await live.ask("POST", "/plugins/acme.x/install", { path })).status).toBe(201);
  expect(trustOf(live)).toMatchObject({ allow: [{ version: "1.1.0" }], high_water: {} });
  expect(storeOf(live)).toHaveLength(1);
});

test("a version whose schema does not allow what is configured is not started: the next start could not take it", async () => {
  const live = new LiveTrust();
  await live.scene.trustAuthor();
  const schemaOf = (maximum: number) => ({ type: "object", properties: { depth: { type: "integer", maximum } } });
  await live.scene.install(await live.scene.packed({ program: works, schema: schemaOf(20) }));
  await live.start({ mail: { plugin: "acme.x", settings: { depth: 12 } } });
  const { pid } = await live.running("mail");
  const path = await live.scene.packed({ version: "1.1.0", program: works, schema: schemaOf(10) });
  const { status, body } = await live.ask("POST", "/plugins/acme.x/install", { path });
  expect({ status, body }).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect((body as { detail: string }).detail).toMatch(
    /its settings do not suit it: .*"depth".*12.*what ran keeps running/,
  );
  expect(live.agent("mail")).toMatchObject({ state: "running", pid });
  expect(trustOf(live)).toMatchObject({ allow: [{ version: "1.0.0" }] });
});
