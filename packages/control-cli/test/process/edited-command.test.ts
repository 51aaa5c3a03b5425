import { appendFileSync, chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StatusReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

test.runIf(needs("sh"))(
  "of an allowed command that was edited it is said that it is blocked, and no more",
  async () => {
    const at = place();
    const script = join(at.folder, "room.sh");
    writeFileSync(script, "#!/bin/sh\necho warm\n");
    chmodSync(script, 0o755);
    const run = (verb: string, ...argv: string[]) => mimolo(at, verb, "--data-dir", at.dataDir, ...argv);
    const added = await run("add", "room", "--every", "1s", "--as", "lines", "--yes", "--", "./room.sh").ended;
    expect(added.code, added.err).toBe(0);
    const collector = run("run", "--no-dashboard");
    await collector.says("Ctrl-C stops it");
    const room = async () => {
      const { agents } = JSON.parse((await run("status", "--json").ended).out) as StatusReport;
      return agents.find(({ label }) => label === "room");
    };
    await vi.waitUntil(async () => (await room())?.state === "running", { timeout: 30_000, interval: 300 });
    // Nothing was worked on here, and somebody watches.
    expect((await run("timeline").ended).out).toMatch(
      /^No work in that time\. \d+ agents? watch(es)?; the first change/,
    );

    appendFileSync(script, "echo more\n");
    await collector.says(/room is blocked[^\n]*mimolo allow/);
    expect(await room()).toMatchObject({ state: "blocked", verdict: "modified", restarts: 0 });
    expect(collector.out() + collector.err()).not.toContain("will be started again");
    collector.child.kill("SIGTERM");
    expect((await collector.ended).code).toBe(0);
  },
);
