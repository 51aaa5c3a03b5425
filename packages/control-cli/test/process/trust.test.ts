import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceRecord, StatusReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** A person's folder with a plugin in it that works all the time, and `mimolo` there. */
function personsPlace() {
  const at = place();
  const { folder, dataDir } = at;
  mkdirSync(join(folder, "inbox"));
  copyFileSync(fixture("reports-work.mjs"), join(folder, "inbox", "main.mjs"));
  const author = '[plugin]\nid = "acme.inbox"\nversion = "1.0.0"\ntype = "agent"\nentry = "main.mjs"\n';
  writeFileSync(join(folder, "inbox", "plugin.toml"), `${author}[plugin.capabilities]\nfilesystem = true\n`);
  const run = (...argv: string[]) => mimolo(at, ...argv, "--data-dir", dataDir);
  return {
    at,
    run,
    json: async <Answer>(...argv: string[]) => {
      const { code, out, err } = await run(...argv, "--json").ended;
      expect({ code, err }).toEqual({ code: 0, err: "" });
      return JSON.parse(out) as Answer;
    },
    agent: async () => {
      const { out } = await run("status", "--json").ended;
      return out === "" ? undefined : (JSON.parse(out) as StatusReport).agents[0];
    },
    trustOfMessages: async () => {
      const { out } = await run("evidence", "--kind", "message", "--json").ended;
      const records = out.split("\n").filter((line) => line !== "");
      return new Set(records.map((line) => (JSON.parse(line) as EvidenceRecord & { trust?: string }).trust));
    },
  };
}

test("a plugin from its key to its end: signed, installed, granted, run, and stopped when its key is revoked", async () => {
  const { at, run, json, agent, trustOfMessages } = personsPlace();
  const { key_id } = await json<{ key_id: string }>("key", "new", "--scope", "acme.*");
  await json("plugin", "pack", "inbox", "--sign");
  expect(await json("plugin", "verify", "acme.inbox-1.0.0.mmpkg")).toMatchObject({ verdict: "trusted", key_id });
  expect((await run("plugin", "install", "acme.inbox-1.0.0.mmpkg").ended).code).toBe(4);
  await json("plugin", "install", "acme.inbox-1.0.0.mmpkg", "--grant", "filesystem");
  await json("plugin", "revoke", "acme.inbox", "filesystem");
  const file = join(at.folder, "mine.toml");
  writeFileSync(file, '[plugins.inbox]\nplugin = "acme.inbox"\nagent_flush_interval_s = 1\n');
  const collector = run("run", "--config", file);
  await collector.says("needs consent: filesystem");
  expect(collector.err()).toContain("mimolo plugin grant acme.inbox filesystem");
  expect((await run("status").ended).out).toContain("mimolo plugin grant acme.inbox filesystem");
  await json("plugin", "grant", "acme.inbox", "filesystem");
  await collector.says("work began");
  const running = await agent();
  expect(running).toMatchObject({ state: "running", verdict: "trusted", granted: ["filesystem"] });
  for (const dimension of ["environment", "network", "files", "subprocess"]) {
    const told = [...(running?.enforced ?? []), ...(running?.unenforced ?? [])];
    expect(told.filter((each) => each === dimension)).toHaveLength(1);
  }
  const beganMs = Date.now();
  await json("key", "revoke", key_id, "--why", "stolen");
  await expect.poll(agent, { timeout: 10_000 }).toMatchObject({ state: "blocked", verdict: "revoked", pid: null });
  expect(Date.now() - beganMs).toBeLessThan(10_000);
  const refused = await run("agent", "start", "inbox", "--json").ended;
  expect(refused.code).toBe(4);
  expect((await run("plugin", "verify", "acme.inbox-1.0.0.mmpkg").ended).code).toBe(4);
  collector.child.kill("SIGTERM");
  expect((await collector.ended).code).toBe(0);
  expect(collector.err()).toContain("revoked");
  expect(await trustOfMessages()).toEqual(new Set(["trusted"]));
  const verified = await json<{ ok: boolean; days: { ledger: string }[] }>("verify");
  expect(verified.ok).toBe(true);
  expect(new Set(verified.days.map(({ ledger }) => ledger))).toEqual(new Set(["evidence", "audit"]));
});

test("a script runs once allowed; edited it is blocked with the one command, which allows it again", async () => {
  const { at, run, json, agent, trustOfMessages } = personsPlace();
  const script = join(at.folder, "my agent.mjs");
  copyFileSync(fixture("reports-work.mjs"), script);
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, `[plugins.mine]\nexecutable = "node"\nargs = ["my agent.mjs"]\nagent_flush_interval_s = 1\n`);
  const unread = await run("run").ended;
  expect(unread.code).toBe(4);
  expect(unread.err).toContain(`mimolo allow '${at.folder}'`);
  await json("allow", ".");
  const collector = run("run");
  await collector.says("mine is blocked");
  expect(collector.err()).toContain(`mimolo allow '${script}' --data-dir`);
  expect(await agent()).toMatchObject({ state: "blocked", verdict: "not-allowlisted" });
  await json("allow", script);
  await collector.says("work began");
  expect(await agent()).toMatchObject({ state: "running", verdict: "trusted" });
  appendFileSync(script, "// edited\n");
  expect((await run("agent", "restart", "mine").ended).code).not.toBe(2);
  await expect.poll(agent, { timeout: 15_000 }).toMatchObject({ state: "blocked", verdict: "modified" });
  expect((await run("status").ended).out.replaceAll(/\s+/g, " ")).toContain(`mimolo allow '${script}'`);
  await json("allow", script);
  await expect.poll(agent, { timeout: 15_000 }).toMatchObject({ state: "running", verdict: "trusted" });
  collector.child.kill("SIGTERM");
  expect((await collector.ended).code).toBe(0);
  expect(await trustOfMessages()).toEqual(new Set(["trusted"]));
});
