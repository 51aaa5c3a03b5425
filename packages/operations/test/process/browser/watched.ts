import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Collector } from "../../../src/collector.ts";
import { createCollector, openArchive } from "../../../src/index.ts";

const agent = fileURLToPath(new URL("../../fixtures/agents/reports-work.mjs", import.meta.url));
const page = fileURLToPath(new URL("../../fixtures/pages/own", import.meta.url));

/** A collector with an agent `work`, a page, and an eye on everything that a request could do to it. */
export interface Watched {
  readonly collector: Collector;
  readonly dataDir: string;
  /** The token that opens everything. */
  readonly token: string;
  /** What is as it is because its owner said so: who runs, with what, who is trusted, what was written down. */
  standing(): Promise<Readonly<Record<string, unknown>>>;
  end(): Promise<void>;
}

export async function watchedCollector(): Promise<Watched> {
  const dataDir = mkdtempSync(join(tmpdir(), "mimolo-page-"));
  const work = { executable: process.execPath, args: [agent], agent_flush_interval_s: 3600 };
  const collector = await createCollector({
    dataDir,
    allow: [agent],
    plugins: { work },
    control: { port: 0 },
    page,
  });
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  await running;
  return {
    collector,
    dataDir,
    token: readFileSync(join(dataDir, "control/token"), "utf8").trim(),
    async standing() {
      const records: string[] = [];
      // How an agent does is its own affair; that it stopped is in the list of agents.
      for await (const { record } of openArchive(dataDir).evidence({}))
        if (record.kind !== "agent_state") records.push(`${record.seq} ${record.kind}`);
      return {
        agents: collector
          .status()
          .agents.map(({ label, run_id, state, granted }) => ({ label, run_id, state, granted })),
        config: JSON.stringify(collector.config),
        records,
        files: filesBelow(dataDir, ["trust", "control", "plugins", "state/overrides.json"]),
      };
    },
    async end() {
      await collector.stop({ hurry: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function filesBelow(root: string, below: readonly string[]): string[] {
  return below.flatMap((name) => {
    const path = join(root, name);
    if (!existsSync(path)) return [];
    const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    return entries.map((each) => {
      const bytes = readFileSync(join(each.parentPath, each.name));
      return `${each.name} ${createHash("sha256").update(bytes).digest("hex")}`;
    });
  });
}
