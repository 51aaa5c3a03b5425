import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collector, createCollector } from "@mimolo/operations";
import { onTestFinished } from "vitest";
import { main } from "../src/main.ts";
import { captured } from "./captured.ts";

/** Noon of the day after the two hours of work in the folder. */
export const nowMs = Date.parse("2026-11-21T12:00:00Z");

/** A data directory with one imported stretch of work, 8 to 10 on 20 November; gone when the test is over. */
export async function amendedFolder() {
  const cwd = mkdtempSync(join(tmpdir(), "mimolo amend "));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const dataDir = join(cwd, "data");
  const collector = await createCollector({ dataDir, cwd });
  await collector.start();
  const span = { source: "git", confidence: "observed", label: "project" } as const;
  await collector.importSpans([
    { ...span, start: "2026-11-20T08:00:00Z", end: "2026-11-20T10:00:00Z", external_id: "git:1" },
  ]);
  await collector.stop();
  return {
    cwd,
    dataDir,
    /** Runs `mimolo` here and now. */
    mimolo: async (...argv: string[]) => {
      const { surroundings, out, err } = captured({ cwd, env: { XDG_CONFIG_HOME: join(cwd, "config") }, nowMs });
      const code = await main([...argv, "--data-dir", dataDir], surroundings);
      return { code, out: out(), err: err() };
    },
    /** A collector at work on the folder, until the test is over. */
    running: async (): Promise<Collector> => {
      const live = await createCollector({ dataDir, cwd });
      await live.start();
      onTestFinished(() => live.stop());
      return live;
    },
  };
}
