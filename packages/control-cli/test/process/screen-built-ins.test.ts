// The built-ins that look at the screen, as `mimolo run` starts them: the way to the X server and its word lead through the walls.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { ArtifactReference, EvidenceRecord, StatusReport } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const onScreen = needs("Xvfb");
const CONFIG = `
[plugins.window]
plugin = "mimolo.active-window"
agent_flush_interval_s = 1
poll_interval_s = 0.2

[plugins.idle]
plugin = "mimolo.idle"
agent_flush_interval_s = 1
poll_interval_s = 0.2

[plugins.screen]
plugin = "mimolo.screen-tracker"
agent_flush_interval_s = 1
every_seconds = 5
redact = [{ x = 0, y = 0, width = 8, height = 8 }]
`;

/** An X server that lets in whoever read the file; what leads to it. */
async function screenIn(folder: string): Promise<{ DISPLAY: string; XAUTHORITY: string }> {
  const file = join(folder, "server's word");
  const field = (text: string) => Buffer.from([0, text.length, ...Buffer.from(text)]);
  const fields = [hostname(), "", "MIT-MAGIC-COOKIE-1", "0123456789abcdef"].map(field);
  writeFileSync(file, Buffer.concat([Buffer.from([1, 0]), ...fields]));
  const options = "-displayfd 1 -screen 0 64x64x24 -nolisten tcp -auth".split(" ");
  const server = spawn("Xvfb", [...options, file], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void server.kill());
  const [number] = (await once(server.stdout, "data")) as [Buffer];
  return { DISPLAY: `:${number.toString().trim()}`, XAUTHORITY: file };
}

test.runIf(onScreen && needs("bwrap")).each([
  ["behind bubblewrap", undefined, []],
  ["behind Node's rules alone", "/nowhere", ["network"]],
] as const)(
  "%s all three see the screen, and nothing holds them less than others",
  async (_where, path, unenforced) => {
    const given = place();
    const screen = await screenIn(given.env["HOME"] ?? "");
    const at = { ...given, env: { ...given.env, ...screen, ...(path === undefined ? {} : { PATH: path }) } };
    mkdirSync(at.dataDir, { recursive: true });
    writeFileSync(join(at.folder, "mimolo.toml"), CONFIG);
    const run = mimolo(at, "run", "--config", "mimolo.toml", "--data-dir", at.dataDir);
    await run.says("watching");
    const observed = new Set<string>();
    const pictures: string[] = [];
    await vi.waitUntil(
      async () => {
        const { out } = await mimolo(at, "evidence", "--kind", "message", "--json", "--data-dir", at.dataDir).ended;
        for (const line of out.split("\n").filter(Boolean)) {
          const record = JSON.parse(line) as EvidenceRecord;
          if (record.kind !== "message") continue;
          const data = record.message["data"] as { observed_s?: number; artifacts?: readonly ArtifactReference[] };
          if ((data.observed_s ?? 0) > 0) observed.add(record.agent_label);
          const own = join(at.dataDir, "data", "agents", record.plugin_id, record.instance_id);
          pictures.push(...(data.artifacts ?? []).map(({ rel_path }) => join(own, rel_path)));
        }
        return observed.size === 2 && pictures.length > 0;
      },
      { timeout: 60_000, interval: 200 },
    );
    const { out } = await mimolo(at, "status", "--data-dir", at.dataDir, "--json").ended;
    const { agents } = JSON.parse(out) as StatusReport;
    run.child.kill("SIGTERM");
    expect((await run.ended).code).toBe(0);
    expect(readFileSync(pictures[0] ?? "").subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(agents.map((agent) => [agent.label, agent.health, agent.unenforced])).toEqual([
      ["window", "ok", unenforced],
      ["idle", "ok", unenforced],
      ["screen", "ok", unenforced],
    ]);
  },
);
