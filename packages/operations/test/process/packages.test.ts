import { appendFileSync, chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { shellWord } from "../../src/allow-command.ts";
import { LiveTrust, textOf } from "./live-trust.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const confines = needs("bwrap");
const mail = { mail: { plugin: "acme.x", heartbeat_interval_s: 0.5 } };

/** A scene where a package of an author who is trusted for `acme.*` is installed. */
async function installed(
  lines: { fixture?: string; capabilities?: string[]; version?: string } = {},
  grants: string[] = [],
) {
  const live = new LiveTrust();
  await live.scene.trustAuthor();
  const { fixture = "reports-work", ...rest } = lines;
  const file = await live.scene.packed({ ...rest, program: textOf(fixture) });
  const { path } = await live.scene.install(file, { grants });
  return { live, file, folder: path };
}

test("a package runs, and its version is remembered once it does", async () => {
  const { live } = await installed();
  const collector = await live.start(mail);
  expect(await live.running("mail")).toMatchObject({ plugin_id: "acme.x", verdict: "trusted", granted: [] });
  await collector.stop();
  const trust = JSON.parse(readFileSync(live.scene.directory.trustFile, "utf8")) as { high_water: object };
  expect(trust.high_water).toEqual({ "acme.x": "1.0.0" });
  expect(await live.scene.audited()).toContain("launch acme.x");
});

test("a file of an installed package that changes is found out at the next launch, and only then", async () => {
  const { live, folder } = await installed();
  const collector = await live.start(mail);
  await live.running("mail");
  const more = join(folder, "lib", "more.mjs");
  chmodSync(more, 0o644);
  appendFileSync(more, "\n");
  expect(live.agent("mail")).toMatchObject({ state: "running", verdict: "trusted" });
  const listed = { plugin_id: "acme.x", state: "active", verdict: "modified" };
  expect(await live.ask("GET", "/plugins/acme.x/status")).toMatchObject({ body: listed });
  await collector.control("mail", "restart");
  const blocked = await live.blocked("mail");
  expect(blocked.verdict).toBe("modified");
  expect(blocked.blocked).toContain("lib/more.mjs");
  await collector.stop();
  expect(await live.scene.audited()).toContain("deny acme.x");
});

test("a key that is revoked stops its agent within ten seconds, even one that says it is still flushing", async () => {
  const { live } = await installed({ fixture: "never-done-flushing" });
  await live.start(mail);
  const { pid } = await live.running("mail");
  const atMs = performance.now();
  await live.ask("POST", `/keys/${live.scene.author.keyId}/revoke`, { why: "its laptop was stolen" });
  expect(live.agent("mail").verdict).toBe("revoked");
  const blocked = await live.blocked("mail");
  expect(performance.now() - atMs).toBeLessThan(10_000);
  expect(blocked).toMatchObject({ verdict: "revoked", pid: null });
  expect(blocked.blocked).toContain(live.scene.author.keyId);
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
});

test("what it asks for and nobody granted keeps it from running, with the one command that helps", async () => {
  const { live } = await installed({ capabilities: ["network", "filesystem", "display"] }, [
    "network",
    "filesystem",
    "display",
  ]);
  await live.scene.desk((desk) =>
    desk.revoke({ pluginId: "acme.x", capabilities: ["filesystem", "display"], by: "cli" }),
  );
  const collector = await live.start(mail);
  const blocked = await live.blocked("mail");
  expect(blocked).toMatchObject({ verdict: "trusted", granted: ["network"] });
  expect(blocked.blocked).toBe(
    `needs consent: filesystem, display; grant with: mimolo plugin grant acme.x filesystem display --data-dir ${shellWord(live.scene.root)}`,
  );
  await expect(collector.control("mail", "start")).rejects.toThrow(/needs consent/);

  await live.ask("POST", "/grants", { plugin_id: "acme.x", capabilities: ["filesystem", "display"] });
  const running = await live.running("mail");
  expect(running.granted).toEqual(["network", "filesystem", "display"]);
  await live.ask("DELETE", "/grants/acme.x:filesystem");
  expect((await live.blocked("mail")).blocked).toMatch(/^needs consent: filesystem; grant with: /);
});

test("an upgrade that asks for more waits for consent, one that does not takes the place of what runs", async () => {
  const { live } = await installed();
  await live.start(mail);
  const { pid } = await live.running("mail");
  const second = await live.scene.packed({ version: "1.1.0", program: textOf("reports-work") });
  expect((await live.ask("POST", "/plugins/acme.x/install", { path: second })).status).toBe(201);
  const upgraded = await live.until("mail", (agent) => agent.state === "running" && agent.pid !== pid);
  expect(upgraded.verdict).toBe("trusted");
  const asks = { version: "1.2.0", capabilities: ["subprocess"], program: textOf("reports-work") };
  const third = await live.scene.packed(asks);
  expect((await live.ask("POST", "/plugins/acme.x/install", { path: third })).status).toBe(403);
  expect(live.agent("mail")).toMatchObject({ state: "running", pid: upgraded.pid });
});

test("a package that is removed while it runs ends, and its label says so", async () => {
  const { live } = await installed();
  await live.start(mail);
  await live.running("mail");
  expect((await live.ask("DELETE", "/plugins/acme.x")).status).toBeLessThan(300);
  const blocked = await live.blocked("mail");
  expect(blocked.verdict).not.toBe("trusted");
  expect(blocked.blocked).toContain("mimolo plugin install");
});

test.runIf(confines)("a high-risk grant requires the sandbox where there is one, and only there", async () => {
  const { live } = await installed({ capabilities: ["subprocess"] }, ["subprocess"]);
  const first = await live.start(mail);
  const held = await live.running("mail");
  expect(held.enforced).toEqual(expect.arrayContaining(["network", "files", "subprocess"]));
  await first.stop();
  await live.start(mail, { sandbox: { bubblewrap: null, why: "none" } });
  expect(await live.running("mail")).toMatchObject({ verdict: "trusted" });
});
