import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import { type FileSystem, nodeFileSystem } from "@mimolo/ledger";
import type { LogLine } from "@mimolo/protocol";
import { expect } from "vitest";
import { type Collector, createCollector } from "../../../src/collector.ts";
import { defaultConfig } from "../../../src/index.ts";
import { endScene } from "../played-collector.ts";
import { DurableAgent, numbersOf, onDisk } from "./durable-agent.ts";

/** A collector of one durable agent on a disk that can be full, both played on one clock. */
export class DurableScene {
  readonly dataDir = mkdtempSync(join(tmpdir(), "mimolo-durable-"));
  readonly clock: ManualClock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 8) });
  readonly agent = new DurableAgent(this.clock);
  readonly logs: LogLine[] = [];
  diskIsFull = false;
  /** While this is set, a sync of the disk waits for it. */
  diskIsBusy: Promise<void> | null = null;
  #collector: Collector | null = null;

  get collector(): Collector {
    if (this.#collector === null) throw new Error("not begun");
    return this.#collector;
  }

  async begin(labels: Record<string, DurableAgent> = { durable: this.agent }): Promise<void> {
    const agents = Object.values(labels);
    let next = 0;
    const config = defaultConfig();
    this.#collector = await createCollector({
      dataDir: this.dataDir,
      clock: this.clock,
      spawn: (request, events) => {
        const agent = agents[next++ % agents.length] ?? this.agent;
        return agent.spawn(request, events);
      },
      fileSystem: this.#disk(),
      control: false,
      // Without a rate nothing but the lane of evidence pauses anybody.
      config: { ...config, monitor: { ...config.monitor, messages_per_s: 0, bytes_per_s: 0 } },
      allow: [process.execPath],
      plugins: Object.fromEntries(Object.keys(labels).map((label) => [label, { executable: process.execPath }])),
    });
    this.#collector.on("log", (line) => this.logs.push(line));
    await this.#collector.start();
    this.clock.advance(100);
  }

  /** Gives the agent other settings, so that it is made anew. */
  async resettle(): Promise<void> {
    const { config } = this.collector;
    const durable = config.plugins["durable"];
    if (durable === undefined) throw new Error("not configured");
    const life = { done: false };
    const plugins = { ...config.plugins, durable: { ...durable, args: ["anew"] } };
    void this.collector.reload({ ...config, plugins }).finally(() => (life.done = true));
    await this.until(() => {
      this.clock.advance(100);
      return life.done;
    });
  }

  /** Everything collected so far is on the disk and told. */
  async committed(): Promise<void> {
    await this.collector.committed();
  }

  /** Waits for the disk, which knows nothing of the test's time. */
  async until(holds: () => boolean): Promise<void> {
    await expect.poll(holds, { timeout: 15_000, interval: 5 }).toBe(true);
  }

  /** Stops the collector and starts another over the same files. */
  async beginAnew(): Promise<void> {
    const life = { stopped: false };
    void this.collector.stop().then(() => (life.stopped = true));
    while (!life.stopped) {
      this.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.begin();
  }

  async numbers(stream?: string): Promise<(number | string)[]> {
    return numbersOf(await onDisk(this.dataDir), stream);
  }

  get status() {
    return this.collector.status();
  }

  codes(): string[] {
    return this.logs.flatMap(({ code }) => (code === undefined ? [] : [code]));
  }

  async end(): Promise<void> {
    this.diskIsFull = false;
    if (this.#collector === null) rmSync(this.dataDir, { recursive: true, force: true });
    else await endScene(this.#collector, this.clock, this.dataDir);
  }

  #disk(): FileSystem {
    return {
      ...nodeFileSystem,
      open: async (path, mode) => {
        const file = await nodeFileSystem.open(path, mode);
        const write: typeof file.write = async (chunks, position) => {
          if (this.diskIsFull) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
          await file.write(chunks, position);
        };
        const sync = async () => {
          await this.diskIsBusy;
          await file.sync();
        };
        return { ...file, write, sync };
      },
    };
  }
}

export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
