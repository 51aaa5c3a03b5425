// Plugins of the test's own on a real collector, without processes: what they may and may not do to each other.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import type { AuditEntry, LogLine } from "@mimolo/protocol";
import type { Spawn } from "@mimolo/supervisor";
import { type Collector, createCollector } from "../../src/collector.ts";
import type { CollectorOptions } from "../../src/collector-options.ts";
import { openArchive } from "../../src/reading/archive.ts";
import type { PlayedPlugin } from "./played-plugin.ts";

export class Stage {
  readonly clock: ManualClock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 8) });
  readonly said: LogLine[] = [];
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-stage-")));
  readonly dataDir = join(this.root, "data");
  readonly #players: readonly PlayedPlugin[];
  #collector: Collector | null = null;

  /** Each is a script of somebody's own, allowed with the grants it has. */
  constructor(players: readonly PlayedPlugin[]) {
    this.#players = players;
  }

  get collector(): Collector {
    if (this.#collector === null) throw new Error("it is not up");
    return this.#collector;
  }

  /** Resolves when all of them run; `settings` by label. */
  async up(
    more: Partial<CollectorOptions> = {},
    settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
  ): Promise<this> {
    mkdirSync(join(this.root, "scripts"));
    const script = (label: string) => join(this.root, "scripts", `${label}.mjs`);
    for (const { label } of this.#players) writeFileSync(script(label), `// ${label}\n`);
    const spawn: Spawn = (request, events) => {
      const player = this.#players.find(({ label }) => label === request.environment["MIMOLO_AGENT_LABEL"]);
      return player?.spawned(events, this.clock) ?? null;
    };
    this.#collector = await createCollector({
      dataDir: this.dataDir,
      clock: this.clock,
      spawn,
      control: false,
      cwd: this.root,
      allow: this.#players.map(({ label, grants }) => ({ path: script(label), grants })),
      plugins: Object.fromEntries(
        this.#players.map(({ label }) => [
          label,
          {
            executable: process.execPath,
            args: [script(label)],
            sandbox: "off" as const,
            settings: settings[label] ?? {},
          },
        ]),
      ),
      ...more,
    });
    this.#collector.on("log", (line) => this.said.push(line));
    await this.#collector.start();
    await this.until(() => this.collector.status().agents.every(({ state }) => state === "running"));
    return this;
  }

  /** Lets things happen, and time pass a little, until it is so. */
  async until(isSo: () => boolean, stepMs = 1): Promise<void> {
    const endMs = performance.now() + 15_000;
    while (!isSo()) {
      if (performance.now() > endMs)
        throw new Error(`it never came to be; said: ${this.warnings.slice(-3).join(" | ")}`);
      this.clock.advance(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The answer, with time passing meanwhile. */
  async answer<Result>(promise: Promise<Result>, stepMs = 1): Promise<Result> {
    const state: { result?: { value: Result }; error?: unknown } = {};
    void promise.then(
      (value) => (state.result = { value }),
      (error: unknown) => (state.error = error),
    );
    await this.until(() => "result" in state || "error" in state, stepMs);
    if (state.result === undefined) throw state.error;
    return state.result.value;
  }

  get warnings(): string[] {
    return this.said.filter(({ level }) => level === "warning").map(({ code, message }) => `${code}: ${message}`);
  }

  dropped(label: string): Record<string, number> {
    return this.collector.status().agents.find((each) => each.label === label)?.counters.dropped ?? {};
  }

  /** Ends it, and reads what was noted. */
  async audit(): Promise<AuditEntry[]> {
    await this.answer(this.collector.stop({ hurry: true }), 100);
    const entries: AuditEntry[] = [];
    for await (const entry of openArchive(this.dataDir).audit()) entries.push(entry);
    return entries;
  }

  async down(): Promise<void> {
    await this.answer(this.collector.stop({ hurry: true }), 100);
    rmSync(this.root, { recursive: true, force: true });
  }
}
